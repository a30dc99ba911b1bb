"""Reproducible chance: one independent stream of random numbers per part of the district."""

import zlib

import numpy as np


def stream(seed: int, part: str) -> np.random.Generator:
    """Return the random numbers of one part: a change in one part leaves the others as they were."""
    return np.random.Generator(np.random.PCG64([seed, zlib.crc32(part.encode())]))
