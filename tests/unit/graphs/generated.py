"""Small random networks whose dates crowd around the boundaries of the definitions."""

from datetime import date, datetime, time, timedelta
from itertools import combinations

from hypothesis import strategies as st

from graphs.live import RowChanges
from graphs.rows import (
    AlikeRow,
    BorderRow,
    DeskRow,
    EntryRow,
    FloorCounts,
    Gap,
    MenteeRow,
    MentorRow,
    MentorshipRow,
    NetworkRows,
    PlaceRow,
    PostRow,
    Thresholds,
    WardRow,
)

CODES = ("21553", "21583", "23563")
DATES = (
    date(2026, 1, 1),
    date(2026, 1, 20),
    date(2025, 12, 31),
    date(2024, 2, 29),
    date(2026, 6, 30),
)
AGES = (0, 1, 6, 7, 8, 13, 14, 15, 19, 20, 21, 29, 30, 31, 60, 180, 181, 365, 366, 400)
PLACES = {code: PlaceRow(code, 13.8 + number, 109.2) for number, code in enumerate(CODES)}
BORDERS = [BorderRow(one, other, 1.0) for one, other in combinations(CODES, 2)]
PEOPLE = st.integers(1, 6)
ENTRY_AGES = st.sampled_from((0, 29, 30))

thresholds = st.builds(
    Thresholds,
    floor=st.integers(1, 3),
    floor_counts=st.sampled_from(FloorCounts),
    contact_days=st.sampled_from((7, 30)),
    desk_days=st.sampled_from((7, 14)),
    waiting_days=st.sampled_from((7, 14)),
    silent_days=st.sampled_from((14, 30)),
)


def past_days(as_of):
    """Days up to the date, most of them at a boundary."""
    ages = st.one_of(st.sampled_from(AGES), st.integers(0, 420))
    return ages.map(lambda age: as_of - timedelta(days=age))


def maybe(strategy):
    """None as often as a value."""
    return st.one_of(st.none(), strategy)


@st.composite
def _spans(draw, as_of, *, earliest=None):
    """A start by the date, and an end: not yet, past, today, or still to come."""
    started_on = draw(past_days(as_of))
    if earliest is not None:
        started_on = max(started_on, earliest)
    ended_on = draw(maybe(st.one_of(past_days(as_of), st.just(as_of + timedelta(days=1)))))
    if ended_on is not None and ended_on <= started_on:
        ended_on = None
    return started_on, ended_on


@st.composite
def _pauses(draw, as_of):
    starts = draw(st.lists(past_days(as_of), max_size=2))
    return tuple(
        (start, start + timedelta(days=draw(st.sampled_from((1, 7, 30, 200))))) for start in starts
    )


@st.composite
def _post(draw, as_of, number):
    started_on, ended_on = draw(_spans(as_of))
    return PostRow(
        id=number,
        ward=draw(st.sampled_from(CODES)),
        person=draw(st.integers(1, 20)),
        started_on=started_on,
        ended_on=ended_on,
        pauses=draw(_pauses(as_of)),
    )


@st.composite
def _mentor(draw, as_of, number):
    started_on, ended_on = draw(_spans(as_of))
    return MentorRow(
        id=number,
        ward=draw(st.sampled_from(CODES)),
        person=draw(st.integers(1, 4)),
        started_on=started_on,
        ended_on=ended_on,
        capacity=draw(st.integers(1, 4)),
        pauses=draw(_pauses(as_of)),
    )


@st.composite
def _mentee(draw, as_of, number):
    started_on, ended_on = draw(_spans(as_of))
    return MenteeRow(
        id=number,
        ward=draw(st.sampled_from(CODES)),
        person=draw(st.integers(1, 6)),
        started_on=started_on,
        clock_on=min(started_on, draw(past_days(as_of))),
        ended_on=ended_on,
        pauses=draw(_pauses(as_of)),
        handed_on_on=draw(maybe(past_days(as_of))),
        last_mentorship_start=draw(maybe(past_days(as_of))),
        last_mentorship_end=draw(maybe(past_days(as_of))),
    )


@st.composite
def _mentorship(draw, as_of, number, mentors, mentees):
    mentor = draw(st.sampled_from(mentors))
    mentee = draw(st.sampled_from(mentees))
    started_on, ended_on = draw(_spans(as_of, earliest=mentor.started_on))
    return MentorshipRow(
        id=number,
        mentor=mentor.id,
        mentee=mentee.id,
        person=mentee.person,
        started_on=started_on,
        clock_on=min(started_on, draw(past_days(as_of))),
        ended_on=ended_on,
        is_completion=ended_on is not None and draw(st.booleans()),
        last_contact_on=draw(maybe(past_days(as_of))),
        gap=draw(_gap(mentor.ward, mentee.ward)),
    )


@st.composite
def _gap(draw, here, there):
    """What a query tells of a pair; a ward that is no more is nowhere."""
    place = PLACES[there] if here != there and draw(st.integers(0, 9)) else None
    lacks_language = draw(st.sampled_from((False, False, True)))
    return Gap(place, lacks_language) if place or lacks_language else None


@st.composite
def _ward(draw, as_of, code, *, has_data):
    return WardRow(
        code=code,
        name=f"Phường {code}",
        latitude=PLACES[code].latitude,
        longitude=PLACES[code].longitude,
        has_data=has_data,
        last_entry_on=draw(maybe(past_days(as_of))) if has_data else None,
        last_desk_on=draw(maybe(past_days(as_of))) if has_data else None,
    )


@st.composite
def networks(draw):
    """A date and the rows of three wards as of it."""
    as_of = draw(st.sampled_from(DATES))
    posts = [draw(_post(as_of, number)) for number in range(1, 1 + draw(st.integers(0, 4)))]
    mentors = [draw(_mentor(as_of, number)) for number in range(1, 1 + draw(st.integers(0, 4)))]
    mentees = [draw(_mentee(as_of, number)) for number in range(1, 1 + draw(st.integers(0, 6)))]
    count = draw(st.integers(0, 10)) if mentors and mentees else 0
    mentorships = [
        draw(_mentorship(as_of, number, mentors, mentees)) for number in range(1, 1 + count)
    ]
    busy = {row.ward for row in (*posts, *mentors, *mentees)}
    wards = [
        draw(_ward(as_of, code, has_data=code in busy or draw(st.booleans()))) for code in CODES
    ]
    desk = [DeskRow(code, draw(st.integers(0, 9)), draw(st.integers(0, 9))) for code in CODES[:2]]
    alike, entries = draw(_alike(as_of)), draw(_entries(as_of))
    borders = draw(st.lists(st.sampled_from(BORDERS), unique=True))
    people = posts, mentors, mentees, mentorships
    return as_of, NetworkRows(wards, borders, *people, desk, alike, entries)


@st.composite
def _alike(draw, as_of, of=PEOPLE):
    """Pairs of people, each in one ward or two."""
    found = set()
    for _ in range(draw(st.integers(0, 4))):
        earlier, later = sorted((draw(of), draw(PEOPLE)))
        wards = draw(st.sampled_from(CODES)), draw(st.sampled_from(CODES))
        if earlier < later:
            registered_on = as_of - timedelta(days=later)
            found.add(AlikeRow(earlier, wards[0], later, wards[1], registered_on))
    return sorted(found)


@st.composite
def _entries(draw, as_of, place=None):
    """Runs of like sessions by day and at night, with a break of some length in each."""
    entries = []
    for run in range(draw(st.sampled_from((0, 0, 0, 1, 2)))):
        code, age = place or (draw(st.sampled_from(CODES)), draw(ENTRY_AGES))
        moment = datetime.combine(as_of - timedelta(age), time(draw(st.sampled_from((8, 21)))))
        first_id = (CODES.index(code) * 100 + age) * 100 + run * 50
        step, rest_after = draw(st.sampled_from((0, 1, 2, 20))), draw(st.integers(0, 12))
        for number in range(draw(st.sampled_from((9, 10, 13, 23)))):
            entries.append(EntryRow(first_id + number, code, 1, 1, "done", moment))
            moment += timedelta(minutes=step + 30 * (number == rest_after))
    return entries


def reported(wards):
    """Some of the wards; the others have people all the same."""
    return st.lists(st.sampled_from(wards), unique=True)


@st.composite
def changes_of(draw, rows, as_of):
    """Rows that are new, rows that are otherwise now, and rows that are gone; few at a time."""
    mentors = draw(_redrawn(rows.mentors, lambda number: _mentor(as_of, number)))
    mentees = draw(_redrawn(rows.mentees, lambda number: _mentee(as_of, number)))
    guides, guided = [*rows.mentors, *mentors], [*rows.mentees, *mentees]
    compared = draw(st.integers(1, 6))
    code, age = draw(st.sampled_from(CODES)), draw(ENTRY_AGES)
    return RowChanges(
        wards=[
            draw(_ward(as_of, code, has_data=draw(st.booleans()))) for code in draw(_some(CODES))
        ],
        posts=draw(_redrawn(rows.posts, lambda number: _post(as_of, number))),
        mentors=mentors,
        mentees=mentees,
        mentorships=draw(
            _redrawn(rows.mentorships, lambda number: _mentorship(as_of, number, guides, guided))
        )
        if guides and guided
        else (),
        desk=[
            DeskRow(code, draw(st.integers(0, 9)), draw(st.integers(0, 9)))
            for code in draw(_some(CODES))
        ],
        gone_posts=draw(_some_ids(rows.posts)),
        gone_mentors=draw(_some_ids(rows.mentors)),
        gone_mentees=draw(_some_ids(rows.mentees)),
        gone_mentorships=draw(_some_ids(rows.mentorships)),
        alike=draw(_alike(as_of, st.just(compared))),
        compared=[compared],
        entries=draw(_entries(as_of, (code, age))),
        recounted=[(code, as_of - timedelta(age))],
    )


def _some(values):
    """Mostly none of the values, else one or two."""
    return st.one_of(
        st.just([]), st.just([]), st.lists(st.sampled_from(values), max_size=2, unique=True)
    )


def _some_ids(rows):
    """Ids of rows, or one that was never there."""
    return _some([row.id for row in rows] + [999])


@st.composite
def _redrawn(draw, rows, row_of):
    """The next row, known rows drawn anew, or known rows with one value drawn anew."""
    by_id = {row.id: row for row in rows}
    redrawn = []
    for number in draw(_some([*by_id, max(by_id, default=0) + 1])):
        row = draw(row_of(number))
        if number in by_id and draw(st.booleans()):
            name = draw(st.sampled_from(row._fields))
            row = by_id[number]._replace(**{name: getattr(row, name)})
        redrawn.append(row)
    return redrawn
