"""Writing an import: one transaction, or a trial that writes nothing."""

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from layers.importing.options import ImportOptions
from layers.model import LayerSpec
from layers.store.protocol import By, ImportSource, OnExisting, Refused, Store
from layers.workspace import Workspace

Offered = tuple[gpd.GeoDataFrame, Callable[[Refused], None]]
"""A frame of good rows, and whom to tell of those the store refuses."""


@dataclass(frozen=True, slots=True)
class Written:
    """What went in."""

    import_id: int | None
    added: int
    updated: int
    unchanged: int = 0


class _NothingTakenError(Exception):
    """Rolls back an import that took no row."""


class TrialSink:
    """Takes rows as a store would, and keeps none."""

    import_id = 0

    def __init__(self, store: Store, spec: LayerSpec, *, update: bool) -> None:
        known = spec.id in store.layer_ids()
        self._existing = frozenset(store.read(spec.id).frame["id"]) if known else frozenset()
        self._update = update
        self._seen = np.empty(0, dtype=np.uint64)
        self.updated = 0

    def append(self, frame: gpd.GeoDataFrame) -> Sequence[Refused]:
        """Say which rows a store would refuse."""
        refused = []
        keys = np.array([_key(one) for one in frame["id"]], dtype=np.uint64)
        again = np.isin(keys, self._seen) | pd.Series(keys).duplicated().to_numpy()
        self._seen = np.union1d(self._seen, keys)
        for position, feature_id in enumerate(frame["id"]):
            if again[position]:
                refused.append(Refused(position, feature_id))
            elif feature_id in self._existing and not self._update:
                refused.append(Refused(position, feature_id, existing_import_id=0))
            else:
                self.updated += feature_id in self._existing
        return refused


def _key(feature_id: str) -> int:
    return int.from_bytes(hashlib.blake2b(feature_id.encode(), digest_size=8).digest())


def write(
    workspace: Workspace,
    spec: LayerSpec,
    about: ImportSource,
    by: By,
    options: ImportOptions,
    offers: Iterable[Offered],
) -> Written:
    """Offer frames to the store in one transaction; an import that takes no row leaves no trace.

    Anything raised while frames are made rolls everything back.
    """
    if options.dry_run:
        trial = TrialSink(workspace.store, spec, update=options.update)
        taken = sum(_offer(trial.append, frame, refuse) for frame, refuse in offers)
        return Written(None, taken - trial.updated, trial.updated)
    existing: OnExisting = "update" if options.update else "reject"
    import_id, taken = None, 0
    with (
        contextlib.suppress(_NothingTakenError),
        workspace.store.importing(spec.id, about, by, existing) as sink,
    ):
        for frame, refuse in offers:
            taken += _offer(sink.append, frame, refuse, sink.import_id)
        if not taken:
            raise _NothingTakenError
        import_id = sink.import_id
    return _recorded(workspace.store, import_id, taken)


def _offer(
    append: Callable[[gpd.GeoDataFrame], Sequence[Refused]],
    frame: gpd.GeoDataFrame,
    refuse: Callable[[Refused], None],
    this_import: int | None = None,
) -> int:
    """Append one frame and pass on the refused rows; an id that came in with this import is a double in the file."""
    refused = append(frame) if len(frame) else ()
    for one in refused:
        within = one.existing_import_id == this_import
        refuse(replace(one, existing_import_id=None) if within else one)
    return len(frame) - len(refused)


def _recorded(store: Store, import_id: int | None, taken: int) -> Written:
    for record in store.imports() if import_id is not None else ():
        if record.import_id == import_id:
            unchanged = taken - record.rows_added - record.rows_updated
            return Written(import_id, record.rows_added, record.rows_updated, unchanged)
    return Written(import_id, taken, 0)


def file_sha256(path: Path, *more: Path) -> str:
    """Hash a file without reading it whole; of several files, the hash of their hashes in order."""
    with path.open("rb") as file:
        first = hashlib.file_digest(file, "sha256").hexdigest()
    if not more:
        return first
    return hashlib.sha256("".join([first, *map(file_sha256, more)]).encode()).hexdigest()
