"""What the first question would wait for, made ready beside the server while it starts."""

import logging
import time
from threading import Thread
from typing import TYPE_CHECKING

from api.routes.whatif import standing_of

if TYPE_CHECKING:
    from api.served import Served

_LOG = logging.getLogger("fangyu")
_FIRST_PAGE_S = 1.0
"""The server starts and shows its first page within this time; only then does the warm-up take part of a core."""


def warm_in_background(served: "Served", *, after_s: float = _FIRST_PAGE_S) -> Thread:
    """Begin to make ready what the planner asks first; neither start nor stop of the server waits for it.

    The walk network is opened, the coverage of the care facilities as they stand is judged and remembered, and then
    every kernel there is is loaded (after an installation without ``fangyu warm``: compiled). What fails is logged at
    level ``debug`` and left to the question it belongs to, which says what is wrong.
    """
    thread = Thread(target=_warm, args=(served, after_s), name="fangyu-warm-up", daemon=True)
    thread.start()
    return thread


def _warm(served: "Served", after_s: float) -> None:
    time.sleep(after_s)
    try:
        from gis.coverage import CoverageRequest  # noqa: PLC0415 - loads beside the server
        from gis.coverage.warming import compile_everything  # noqa: PLC0415 - as above
        from gis.network.warming import warm_up  # noqa: PLC0415 - as above

        warm_up(served.workspace)
        standing_of(served, CoverageRequest())
        compile_everything()
    except Exception:  # noqa: BLE001 - nobody asked for it, so nobody is told
        _LOG.debug("warm-up", exc_info=True)
