"""A study: a file of questions, asked all at once, answered the same every time, with how each answer was made."""

from gis.coverage.studies.checking import Difference, differences
from gis.coverage.studies.kinds import KINDS
from gis.coverage.studies.reading import Expected, Question, Study, read_study
from gis.coverage.studies.running import Answer, StudyRun, run_study
from gis.coverage.studies.writing import question_toml, study_head

__all__ = [
    "KINDS",
    "Answer",
    "Difference",
    "Expected",
    "Question",
    "Study",
    "StudyRun",
    "differences",
    "question_toml",
    "read_study",
    "run_study",
    "study_head",
]
