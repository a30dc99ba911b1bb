"""Lines that look grown: splines through a few points, meanders, ragged coasts, rounded corners."""

from collections.abc import Sequence

import numpy as np
import shapely

from data.samples.plane import Floats


def spline(points: Sequence[tuple[float, float]] | Floats, *, step_m: float, closed: bool = False) -> Floats:
    """Draw a smooth line through ``points`` (Catmull-Rom), one vertex about every ``step_m`` metres."""
    knots = np.asarray(points, dtype=np.float64)
    padded = (
        np.vstack([knots[-1:], knots, knots[:2]])
        if closed
        else np.vstack([2 * knots[0] - knots[1], knots, 2 * knots[-1] - knots[-2]])
    )
    t = np.linspace(0.0, 1.0, 24, endpoint=False)[:, None]
    parts = [_span(padded[i : i + 4], t) for i in range(len(padded) - 3)]
    end = knots[:1] if closed else knots[-1:]
    return evenly(np.vstack([*parts, end]), step_m=step_m)


def _span(four: Floats, t: Floats) -> Floats:
    a, b, c, d = four
    drawn: Floats = 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )
    return drawn


def evenly(line: Floats, *, step_m: float) -> Floats:
    """Resample a line to equal steps of about ``step_m``; both ends stay."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    count = max(2, round(along[-1] / step_m) + 1)
    at = np.linspace(0.0, along[-1], count)
    return np.column_stack([np.interp(at, along, line[:, 0]), np.interp(at, along, line[:, 1])])


def meander(
    line: Floats, rng: np.random.Generator, *, swing_m: float, wave_m: float, octaves: int = 3
) -> Floats:
    """Let a line swing to both sides by up to ``swing_m``, in waves of about ``wave_m`` and finer; ends stay."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    offset = np.zeros(len(line))
    for octave in range(octaves):
        length, height = wave_m / 2**octave, swing_m / 2.2**octave
        knots = rng.normal(0.0, 0.55, int(along[-1] / (length / 2)) + 4)
        at = along / (length / 2)
        low = at.astype(np.int64)
        ease = (1 - np.cos((at - low) * np.pi)) / 2
        offset += height * (knots[low] * (1 - ease) + knots[low + 1] * ease)
    taper = np.clip(np.minimum(along, along[-1] - along) / wave_m, 0.0, 1.0)
    direction = np.gradient(line, axis=0)
    direction /= np.hypot(*direction.T)[:, None]
    normal = np.column_stack([-direction[:, 1], direction[:, 0]])
    moved: Floats = line + normal * (offset * taper)[:, None]
    return moved


def rounded(line: Floats, *, times: int = 2) -> Floats:
    """Cut the corners of a line (Chaikin). An open line keeps its ends, a closed one stays closed."""
    closed = bool(np.array_equal(line[0], line[-1]))
    for _ in range(times):
        quarter = line[:-1] * 0.75 + line[1:] * 0.25
        three = line[:-1] * 0.25 + line[1:] * 0.75
        cut = np.empty((2 * len(quarter), 2))
        cut[0::2], cut[1::2] = quarter, three
        line = np.vstack([cut, cut[:1]]) if closed else np.vstack([line[:1], cut[1:-1], line[-1:]])
    return line


def blob(
    centre: tuple[float, float],
    rng: np.random.Generator,
    *,
    radius_m: float,
    stretch: float = 1.0,
    turn: float = 0.0,
    rough: float = 0.25,
    count: int = 14,
) -> shapely.Polygon:
    """Draw an irregular round patch, ``stretch`` times as long as wide and turned by ``turn`` radians."""
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    radius = radius_m * (1 + rng.normal(0.0, rough, count).clip(-0.55, 0.8))
    x, y = radius * np.cos(angle) * np.sqrt(stretch), radius * np.sin(angle) / np.sqrt(stretch)
    ring = np.column_stack([x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)])
    ring = np.vstack([ring, ring[:1]]) + np.asarray(centre)
    shape = shapely.Polygon(rounded(ring, times=2))
    return shape if shape.is_valid else shape.buffer(0)
