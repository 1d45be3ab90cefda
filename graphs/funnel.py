"""From the desk to «tự làm được»: what became of the visitors, in numbers that add up."""

from collections.abc import Iterable
from typing import NamedTuple


class Funnel(NamedTuple):
    """The help sessions of some days, each once at the place that its visitor has reached.

    `sessions` is all of them, `declined` those whose visitor did not want to learn. The next six
    are the sessions from which somebody was handed on, by where that person stands; the last two,
    among them, those of whom it is known whether they still manage on their own.
    """

    sessions: int = 0
    declined: int = 0
    waiting: int = 0
    paused: int = 0
    met: int = 0
    unmet: int = 0
    completed: int = 0
    left: int = 0
    still_able: int = 0
    needs_help: int = 0

    @property
    def handed_on(self) -> int:
        """The sessions from which somebody was handed on."""
        return self.waiting + self.paused + self.paired + self.completed + self.left

    @property
    def paired(self) -> int:
        """Those of them who have a mentor, met or not."""
        return self.met + self.unmet

    @property
    def not_offered(self) -> int:
        """The sessions after which nobody said whether the visitor wants to learn."""
        return self.sessions - self.declined - self.handed_on

    @property
    def answered(self) -> int:
        """Those handed on who were reached when called some weeks later."""
        return self.still_able + self.needs_help


def add_up(funnels: Iterable[Funnel]) -> Funnel:
    """Return the numbers of several wards, or of parts of a time, together."""
    return Funnel._make(map(sum, zip(Funnel(), *funnels, strict=True)))
