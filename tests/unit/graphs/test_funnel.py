"""The numbers from the desk to «tự làm được» add up by themselves."""

from hypothesis import given
from hypothesis import strategies as st

from graphs.funnel import Funnel, add_up

COUNTS = st.integers(min_value=0, max_value=50)
PLACES = ("declined", "waiting", "paused", "met", "unmet", "completed", "left")


@st.composite
def funnels(draw: st.DrawFn) -> Funnel:
    """Sessions that were put somewhere, and others that nobody was asked after."""
    numbers = {name: draw(COUNTS) for name in PLACES}
    return Funnel(sessions=sum(numbers.values()) + draw(COUNTS), **numbers)


def test_each_session_has_one_place():
    funnel = Funnel(20, 3, 1, 1, 2, 1, 2, 1, still_able=2, needs_help=1)

    assert (funnel.paired, funnel.handed_on, funnel.not_offered) == (3, 8, 9)
    assert funnel.answered == 3


@given(st.lists(funnels(), max_size=4))
def test_wards_together_add_up_as_each_of_them_does(parts):
    total = add_up(parts)

    assert total.sessions == total.not_offered + total.declined + total.handed_on
    for name in ("sessions", "handed_on", "not_offered", "answered"):
        assert getattr(total, name) == sum(getattr(part, name) for part in parts)


def test_no_ward_at_all_makes_zeros():
    assert add_up([]) == Funnel()
