"""The people of a ward with their rows, while they come and go."""

from graphs.live_tally import Roll, Tally
from tests.factories.rows import mentee_row


def test_somebody_with_two_spells_is_counted_once_here_and_above():
    roll, province = Roll(), Tally(are_all=True)
    roll.report_to(province)
    first, second, other = (mentee_row(id=number, person=person) for number, person in SPELLS)

    for row in (second, other, first):
        roll.add(row)
    roll.remove(first)

    assert (len(roll), roll.spells, list(roll)) == (2, 2, [4, 70_000])
    assert list(roll.rows) == [other, second]
    assert sorted(province) == [4, 70_000]


def test_who_is_removed_as_often_as_added_is_gone():
    roll, province = Roll(), Tally(are_all=True)
    roll.add(mentee_row(id=1, person=4))
    roll.report_to(province)
    roll.add(mentee_row(id=9, person=4))

    for number in (9, 1):
        roll.remove(mentee_row(id=number, person=4))

    assert (len(roll), roll.spells, len(province)) == (0, 0, 0)


SPELLS = ((1, 70_000), (9, 70_000), (3, 4))
