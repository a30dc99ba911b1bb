"""The spelling of a name that its register does not spell: from the reading dictionary, and said to be so."""

from typing import NamedTuple

from gis.names.readings import ReadingDictionary, romanize
from layers.errors import InputError


class Spelling(NamedTuple):
    """A name in Hanyu Pinyin, as signs bear it, and whether some syllable could be read otherwise."""

    pinyin: str
    sign_form: str
    unsure: bool


def spelled(
    name: str,
    entity_class: str | None = None,
    *,
    jurisdiction: str = "",
    readings: ReadingDictionary | None = None,
) -> Spelling:
    """Spell a name by the rules of 1984; one that cannot be read (far too long) stays unspelt and unsure.

    ``jurisdiction`` is the division code, for local readings; ``readings`` the dictionary of a workspace, without
    which the shipped one reads.
    """
    try:
        read = romanize(name, entity_class=entity_class, jurisdiction=jurisdiction, readings=readings)
    except InputError:
        return Spelling("", "", unsure=True)
    return Spelling(read.pinyin, read.sign_form, read.unsure)
