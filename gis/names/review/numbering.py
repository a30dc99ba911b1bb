"""What the office calls a case: district, year and running number, such as 云溪地名〔2025〕001."""

from datetime import date

_KINDS = ("自治县", "自治旗", "特区", "林区", "区", "县", "市", "旗")
_SHORTEST = 2


def series_of(district: str, opened_on: date) -> str:
    """Give what the numbers of cases opened in a year begin with; the store adds the running number.

    The kind of division is left off (云溪区 gives 云溪) unless only one character would remain (城区).
    """
    name = district.strip()
    kind = next((one for one in _KINDS if name.endswith(one)), "")
    short = name.removesuffix(kind)
    return f"{short if len(short) >= _SHORTEST else name}地名〔{opened_on.year}〕"
