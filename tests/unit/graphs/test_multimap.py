import pytest

from graphs.live_multimap import Multimap


@pytest.fixture
def values():
    kept = Multimap()
    for key, value in ((1, "a"), (2, "b"), (1, "c"), (1, "a")):
        kept.add(key, value)
    return kept


def test_values_of_a_key_come_in_the_order_in_which_they_were_added(values):
    assert values.of(1) == ("a", "c", "a")
    assert values.of(2) == ("b",)
    assert values.of(3) == ()


def test_keys_and_values_are_counted_apart(values):
    assert (len(values), list(values), values.count) == (2, [1, 2], 4)
    assert sorted(values.values()) == ["a", "a", "b", "c"]


def test_a_value_is_removed_once(values):
    values.remove(1, "a")

    assert values.of(1) == ("c", "a")


def test_a_key_goes_with_its_last_value(values):
    values.remove(2, "b")

    assert list(values) == [1]
    assert values.of(2) == ()
