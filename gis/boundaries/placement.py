"""Where markers stand along their lines, measured once for all checks of place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from gis.boundaries.courses import Course, courses_of
from gis.boundaries.numbers import STRUCTURE_OF_TYPE
from gis.boundaries.register import Marker
from gis.boundaries.tolerances import Tolerances
from layers.crs import metric_crs
from layers.model import Layer

_ON_THE_LINE_M = 1.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where one marker stands relative to its line.

    Attributes
    ----------
    offset_m
        Distance from the line, positive to the left of the direction of counting.
    chainage_m
        Distance along the line from where counting begins.
    to_end_m
        Distance to the nearer end of its line; infinite for a ring.
    lines_meeting
        How many lines of the layer end there (0 away from all ends).
    """

    marker: Marker
    course: Course
    offset_m: float
    chainage_m: float
    to_end_m: float
    lines_meeting: int

    @property
    def distance_m(self) -> float:
        """Distance from the line."""
        return abs(self.offset_m)

    @property
    def side(self) -> int:
        """1 left of the direction of counting, -1 right of it, 0 on the line."""
        return 0 if self.distance_m < _ON_THE_LINE_M else int(np.sign(self.offset_m))

    def is_near(self, tolerances: Tolerances) -> bool:
        """Tell whether the marker is as near its line as its structure asks."""
        return self.distance_m <= allowed_m(self.marker, tolerances)


def allowed_m(marker: Marker, tolerances: Tolerances) -> float:
    """Metres a marker may be off its line: few for a single one, a river's width for those on the banks."""
    structure = STRUCTURE_OF_TYPE.get(marker.type_code or "", marker.structure)
    return tolerances.group_m if structure in {"double", "triple"} else tolerances.single_m


def places_of(
    register: Sequence[Marker], markers: Layer, lines: Layer, tolerances: Tolerances
) -> tuple[Place, ...]:
    """Measure every marker that has a position and whose line is in ``lines``; the others are left out."""
    crs = metric_crs(tuple(lines.frame.total_bounds))
    courses = courses_of(lines.frame, crs)
    points = markers.frame.geometry.to_crs(crs).to_numpy()
    by_line: dict[str, list[Marker]] = {}
    for marker in register:
        point = points[marker.position]
        number = marker.line_number
        if number is not None and number in courses and point is not None and not point.is_empty:
            by_line.setdefault(number, []).append(marker)
    places: list[Place] = []
    for number, group in sorted(by_line.items()):
        shapes = shapely.centroid(points[[marker.position for marker in group]])
        places += _measured(courses[number], group, shapes, courses, tolerances.junction_m)
    return tuple(places)


def _measured(
    course: Course,
    group: Sequence[Marker],
    points: npt.NDArray[np.object_],
    courses: Mapping[str, Course],
    junction_m: float,
) -> list[Place]:
    offsets, chainages = course.offset_m(points), course.chainage_m(points)
    to_ends = course.distance_to_end_m(points)
    meeting = np.sum([other.distance_to_end_m(points) <= junction_m for other in courses.values()], axis=0)
    return [
        Place(marker, course, float(offset), float(chainage), float(to_end), int(lines))
        for marker, offset, chainage, to_end, lines in zip(
            group, offsets, chainages, to_ends, meeting, strict=True
        )
    ]
