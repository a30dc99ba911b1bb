"""What a loaded pack is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gis.names.words import WordIndex
from layers.findings import Severity
from layers.text import Text


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """How a pack switches one rule on.

    Attributes
    ----------
    severity
        How far a hit goes before exceptions.
    citation
        Articles of all packs that say something about the rule; a text not seen in full says so.
    pack
        Id of the last pack that says something about the rule.
    classes
        Entity classes the rule is for; empty for all.
    words, homographs, passes, mild
        Words that trigger; those of them that are also ordinary Chinese; longer words in which a trigger is fine;
        those of them that still ask for a look.
    exceptions
        Exception id -> the most a finding may be once the exception applies.
    shared
        Parameters of the whole pack (dates, areas), and ``local_from``: the day since which ``pack`` is in force.
    """

    code: str
    category: str
    severity: Severity
    citation: str
    pack: str = ""
    classes: frozenset[str] = frozenset()
    words: WordIndex = field(default_factory=WordIndex, repr=False)
    homographs: WordIndex = field(default_factory=WordIndex, repr=False)
    passes: WordIndex = field(default_factory=WordIndex, repr=False)
    mild: WordIndex = field(default_factory=WordIndex, repr=False)
    exceptions: Mapping[str, Severity] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    shared: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where names of some classes may not be the same: as many leading digits of the division code agree.

    ``citation`` and ``pack`` are of the place that has this scope; the national ones stand with the rules.
    """

    classes: frozenset[str]
    code_digits: int
    label: Text
    exact: bool
    citation: str = ""
    pack: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """A pack with everything it extends folded in; two packs are equal only when they are one.

    Attributes
    ----------
    parts
        Ids of the packs folded in, in the order in which they lie over each other.
    jurisdictions
        Leading digits of the division codes it is for; ``*`` is everywhere.
    effective_from
        First day in force, or None when that was not seen.
    verified
        The text was seen, not only told of; what was not seen is in ``remark``.
    remark
        What the pack leaves out or could not be checked, or None.
    parameters
        Values of the whole pack. Those that comparing names goes by:
        ``modifiers`` (words that do not tell names apart when added or dropped, 大 and 新 by default),
        ``city_names`` (names of cities that do not either),
        ``tones`` (``toneless`` where tones do not tell readings apart, else ``tonal``),
        ``dialects`` (ids of shipped dialect tables), ``dialect`` (an own table: syllable without tone -> the
        syllable it falls together with),
        ``same_by`` (``specific`` where the specific part alone has to be unique, else ``name``).
    """

    id: str
    title: Text
    rules: Mapping[str, RuleSetting]
    scopes: tuple[Scope, ...]
    parts: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    effective_from: date | None = None
    verified: bool = False
    remark: Text | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
