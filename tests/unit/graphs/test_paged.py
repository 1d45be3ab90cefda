"""Values by ids, kept page by page, tell the same as a dictionary does."""

from hypothesis import given
from hypothesis import strategies as st

from graphs.paged import PAGE, Paged

IDS = st.integers(0, 3 * PAGE) | st.just(2**31)


@given(st.lists(st.tuples(IDS, st.none() | st.integers(0, 9))))
def test_values_put_and_taken_away_are_those_of_a_dictionary(steps):
    kept, expected = Paged(), {}

    for number, value in steps:
        if value is None:
            assert kept.pop(number) == expected.pop(number, None)
        else:
            kept[number] = expected[number] = value

    assert list(kept.items()) == sorted(expected.items())
    assert list(kept) == sorted(expected)
    assert list(kept.values()) == [expected[number] for number in sorted(expected)]
    assert len(kept) == len(expected)
    assert [number in kept for number in range(PAGE)] == [n in expected for n in range(PAGE)]
