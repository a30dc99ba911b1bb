"""Shipped files: norm profiles, name-rule packs, vocabularies and the sample district's generator.

The lowest package of the house: it imports nothing of ours.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parent


def shipped(relative: str) -> Path:
    """Give the path of a shipped file or folder, such as ``shipped("norms/national.toml")``.

    Raises
    ------
    FileNotFoundError
        When nothing of that name was shipped: an incomplete installation.
    """
    path = ROOT / relative
    if not path.exists():
        raise FileNotFoundError(f"data/{relative} 不在安装包内，请重新安装 fangyu / not in this installation")
    return path
