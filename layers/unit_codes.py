"""Division codes as offices write them: with six, nine or twelve digits."""

_SHORT = (6, 9)
_DIGITS = 12


def full_code(code: str) -> str:
    """Write a division code with twelve digits, so that 320413001 and 320413001000 are the same unit.

    Anything but six or nine digits (a full code, codes of other countries, names) is returned without outer spaces.
    """
    text = code.strip()
    is_short = len(text) in _SHORT and text.isascii() and text.isdigit()
    return text.ljust(_DIGITS, "0") if is_short else text
