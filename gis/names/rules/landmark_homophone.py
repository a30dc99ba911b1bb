"""Names that sound like an organ or landmark of the state."""

from collections.abc import Iterator, Sequence

from gis.names.packs import RuleSetting
from gis.names.readings import Reading, read_name
from gis.names.registry import Case, Hit, single_rule
from gis.names.words import WordList
from layers.text import Text

_LONG = 3


@single_rule("landmark-homophone")
def landmark_homophone(case: Case, setting: RuleSetting) -> Iterator[Hit]:
    """谐音：与中央机关、国家标志性地名同音而写法不同。

    What
    ----
    Finds listed words (中南海, 天安门 …) that a name has by their sound but not in writing. Words of three
    characters and more are compared without tones, shorter ones with them.

    Why
    ---
    Jiangsu's recognition criteria of 2019 add such names and their homophones to the national class 大. The national
    pack has no such rule.

    Exceptions
    ----------
    Approved, settled and heritage names, names from before the local rules. Never more than a review.
    """
    words = [(word, listed) for listed in setting.words.lists for word in sorted(listed.words)]
    if not case.text.isalpha() or not words:
        return
    reading = read_name(case.text)
    if len(reading.syllables) != len(case.text):
        return
    for word, listed in words:
        for start in _alike(case.text, reading, word):
            yield _hit(case.text[start : start + len(word)], start, word, listed)


def _alike(text: str, reading: Reading, word: str) -> Iterator[int]:
    wanted = read_name(word)
    mine: Sequence[str] = reading.toneless if len(word) >= _LONG else reading.syllables
    theirs: Sequence[str] = wanted.toneless if len(word) >= _LONG else wanted.syllables
    for start in range(len(text) - len(word) + 1):
        end = start + len(word)
        if tuple(mine[start:end]) == tuple(theirs) and text[start:end] != word:
            yield start


def _hit(written: str, start: int, word: str, listed: WordList) -> Hit:
    return Hit(
        word=written,
        start=start,
        listed=listed,
        detail={"sounds_like": word},
        message=Text(f"“{written}”与“{word}”同音。", f"{written} sounds like {word}."),
    )
