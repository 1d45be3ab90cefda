"""Which procedure the next community class should be about; pure."""

from collections.abc import Iterable

from app.queries.desk_demand import ProcedureDemand

# Within so many days a procedure is asked for «again and again», compared with as many before.
DAYS_OF_DEMAND = 28
# Fewer sessions with help say nothing yet.
LEAST_SESSIONS = 5
MOST_TOPICS = 3


def choose_topics(
    demand: Iterable[ProcedureDemand],
    *,
    least: int = LEAST_SESSIONS,
    most: int = MOST_TOPICS,
) -> list[ProcedureDemand]:
    """Return the procedures that most people could not do alone, the most wanted first.

    Sessions with help count (làm thay and làm cùng), at least so many of them. As many: the one
    that grew more, then the order of the catalogue.
    """
    wanted = [one for one in demand if one.with_help >= least]
    return sorted(wanted, key=_by_need)[:most]


def _by_need(one: ProcedureDemand) -> tuple[int, int]:
    return -one.with_help, one.before - one.sessions
