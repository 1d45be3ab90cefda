"""The best plan by trying every assignment there is."""

from collections import Counter
from itertools import product

from graphs.geography import distance_km
from graphs.planning.rows import Reach


def best_values(rows, reach):
    """The aims' values of the best assignment, in the order of the aims."""
    mentors = {row.id: row for row in rows.mentors}
    choices = [
        [row.mentor, *(m.id for m in rows.mentors if _may_move(rows, row, m, reach))]
        for row in rows.mentees
    ]
    values = (
        _values(rows, mentors, chosen)
        for chosen in product(*choices)
        if _has_room(rows, mentors, chosen)
    )
    at_floor, waiting, changes, metres, languages, hamlets = min(values)
    return -at_floor, waiting, changes, metres / 1000, -languages, -hamlets


def _may_move(rows, mentee, mentor, reach):
    opened = mentor.open_fixed + sum(other.mentor == mentor.id for other in rows.mentees)
    return (
        mentor.id != mentee.mentor
        and mentor.person != mentee.person
        and opened < mentor.capacity
        and (not mentor.languages or not mentee.languages or mentor.languages & mentee.languages)
        and _is_near(rows, mentee.ward, mentor.ward, reach)
    )


def _is_near(rows, ward, other, reach):
    return (
        ward == other
        or reach is Reach.PROVINCE
        or (reach is Reach.BORDER and {ward, other} in [{b.code_a, b.code_b} for b in rows.borders])
    )


def _has_room(rows, mentors, chosen):
    size = Counter(chosen)
    came = {
        choice for row, choice in zip(rows.mentees, chosen, strict=True) if choice != row.mentor
    }
    return all(
        mentors[mentor].open_fixed + size[mentor] <= mentors[mentor].capacity
        for mentor in came
        if mentor is not None
    )


def _values(rows, mentors, chosen):
    guided = {row.id: row.guided_fixed for row in rows.mentors}
    changes = metres = languages = hamlets = 0
    for row, choice in zip(rows.mentees, chosen, strict=True):
        if choice is not None and choice not in row.counted_by:
            guided[choice] += 1
        if choice != row.mentor:
            mentor = mentors[choice]
            changes += row.mentor is not None
            metres += _metres(rows, row.ward, mentor.ward)
            languages += bool(row.languages & mentor.languages)
            hamlets += row.hamlet is not None and row.hamlet == mentor.hamlet
    at_floor = sum(count >= rows.floor for count in guided.values())
    return -at_floor, chosen.count(None), changes, metres, -languages, -hamlets


def _metres(rows, ward, other):
    places = {row.code: row for row in rows.wards}
    return round(1000 * distance_km(places[ward], places[other]))
