"""How far the making of a planning set is: numbered steps, each with a share of its own."""

from dataclasses import dataclass

from layers.progress import Progress
from layers.text import Text


@dataclass(slots=True)
class Steps:
    """Hands out one progress after the other.

    Attributes
    ----------
    progress
        Whoever listens.
    of
        How many steps there are.
    at
        The step under way, from 1; 0 before the first.
    """

    progress: Progress
    of: int
    at: int = 0

    def next(self, label: Text) -> Progress:
        """Begin the next step; what is told of it stands behind its name and number."""
        self.at += 1
        head = Text(f"{label.zh}（{self.at}/{self.of}）", f"{label.en} ({self.at}/{self.of})")

        def show(stage: Text, done: int, total: int | None) -> None:
            own = stage not in {label, Text("", "")}
            said = Text(f"{head.zh}：{stage.zh}", f"{head.en}: {stage.en}") if own else head
            self.progress(said, done, total)

        show(label, 0, None)
        return show


def part_of(progress: Progress, done: int, total: int) -> Progress:
    """Return a progress that stays at ``done`` of ``total`` while one piece of a step tells its own."""
    steps = (done, total)

    def show(stage: Text, done: int, total: int | None) -> None:
        del done, total  # those of the piece, not of the step
        progress(stage, *steps)

    return show


@dataclass(slots=True)
class Drawing:
    """Counts the pictures of a step: ``one`` is called before each."""

    progress: Progress
    total: int
    done: int = 0

    def one(self) -> None:
        """Tell that one more picture is begun."""
        self.progress(Text("", ""), min(self.done, self.total), self.total)
        self.done += 1
