"""The made-up rows as the audit takes them."""

import csv
from collections import defaultdict
from pathlib import Path

from app.demonstration.names import read_names
from app.demonstration.network import make_network
from app.demonstration.places import Place
from app.demonstration.plan import Size
from graphs.audit import audit
from graphs.network import build_network
from graphs.rows import (
    BorderRow,
    DeskRow,
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

DATA = Path(__file__).resolve().parents[3] / "data"
DEFAULT_CAPACITY = 10
DEFAULT_SIZE = Size()


def shipped_places():
    """The 135 wards with the wards that they border on."""
    neighbours = defaultdict(list)
    with (DATA / "ward_adjacency.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            neighbours[row["code_a"]].append(row["code_b"])
            neighbours[row["code_b"]].append(row["code_a"])
    with (DATA / "wards.csv").open(encoding="utf-8", newline="") as file:
        return [
            Place(
                row["code"],
                row["slug"],
                row["kind"],
                row["former_district"],
                int(row["population"]),
                tuple(neighbours[row["code"]]),
            )
            for row in csv.DictReader(file)
        ]


def made_up_network(*, today, size=DEFAULT_SIZE, seed=1):
    """The rows of every ward."""
    return list(make_network(shipped_places(), read_names(), size, today=today, seed=seed))


def all_of(wards, kind):
    """Every row of one kind."""
    return [row for ward in wards for row in getattr(ward, kind)]


def report_of(wards, *, today):
    """The audit of made-up rows with the default thresholds."""
    return audit(build_network(rows_of(wards, today=today), as_of=today), Thresholds())


def rows_of(wards, *, today):
    """What a query would hand to the audit."""
    mentees = {row.number: row for row in all_of(wards, "mentees")}
    pairs = all_of(wards, "mentorships")
    pauses = _pauses(wards)
    met = defaultdict(list)
    for contact in all_of(wards, "contacts"):
        for number in contact.mentorships:
            met[number].append(contact.service_date)
    first = _first_of_chain(pairs)
    contacts = defaultdict(list)
    for pair in pairs:
        contacts[first[pair.number].number] += met[pair.number]
    last_starts, last_ends = defaultdict(list), defaultdict(list)
    origin = _first_of_chain(mentees.values())
    for pair in pairs:
        chain = origin[pair.mentee].number
        last_starts[chain].append(pair.started_on)
        last_ends[chain] += [pair.ended_on] if pair.ended_on else []
    handed = {row.mentee: row.handed_on for row in all_of(wards, "handoffs")}
    capacities = {row.mentor: row.capacity for row in all_of(wards, "capacities")}
    teachers = {row.number: row.person for row in all_of(wards, "mentors")}
    spoken = {row.number: set(row.languages) for row in all_of(wards, "persons")}
    return NetworkRows(
        wards=_ward_rows(wards),
        borders=[
            BorderRow(place.code, other, 1.0)
            for place in shipped_places()
            for other in place.neighbours
            if place.code < other
        ],
        posts=[
            PostRow(
                row.number,
                row.ward,
                row.person,
                row.started_on,
                row.ended_on,
                pauses["support_post", row.number],
            )
            for row in all_of(wards, "support_posts")
        ],
        mentors=[
            MentorRow(
                row.number,
                row.ward,
                row.person,
                row.started_on,
                row.ended_on,
                capacities.get(row.number, DEFAULT_CAPACITY),
                pauses["mentor", row.number],
            )
            for row in all_of(wards, "mentors")
        ],
        mentees=[
            MenteeRow(
                row.number,
                row.ward,
                row.person,
                row.started_on,
                origin[row.number].started_on,
                row.ended_on,
                pauses["mentee", row.number],
                handed.get(origin[row.number].number),
                max(last_starts[origin[row.number].number], default=None),
                max(last_ends[origin[row.number].number], default=None),
            )
            for row in mentees.values()
        ],
        mentorships=[
            MentorshipRow(
                row.number,
                row.mentor,
                row.mentee,
                mentees[row.mentee].person,
                row.started_on,
                first[row.number].started_on,
                row.ended_on,
                row.end_reason == "completed",
                max(contacts[first[row.number].number], default=None),
                _gap(row, mentees[row.mentee].person, teachers[row.mentor], spoken),
            )
            for row in pairs
        ],
        desk=[
            DeskRow(
                place.code,
                sum(row.service_date.year == today.year for row in ward.sessions),
                sum(
                    row.is_first_this_year and row.service_date.year == today.year
                    for row in ward.sessions
                ),
            )
            for place, ward in zip(shipped_places(), wards, strict=True)
        ],
    )


def _gap(pair, mentee, mentor, spoken):
    is_far = pair.mentor_ward != pair.mentee_ward
    place = PlaceRow(pair.mentee_ward, 14.0, 108.0) if is_far else None
    lacks_language = not spoken[mentee] & spoken[mentor]
    return Gap(place, lacks_language) if place or lacks_language else None


def entry_days(wards):
    """For each ward code, the days on which its rows were typed in."""
    days = defaultdict(list)
    for kind in ("persons", "mentors", "mentees", "pauses", "contacts", "sessions", "duty_turns"):
        for row in all_of(wards, kind):
            days[row.ward].append(row.entered_on)
    for row in all_of(wards, "mentorships"):
        days[row.mentor_ward].append(row.entered_on)
        days[row.mentee_ward].append(row.entered_on)
    return days


def _ward_rows(wards):
    entered = entry_days(wards)
    for place, ward in zip(shipped_places(), wards, strict=True):
        desk_days = [row.service_date for row in ward.sessions]
        desk_days += [row.service_date for row in ward.duty_turns if row.is_performed]
        yield WardRow(
            code=place.code,
            name=place.slug,
            latitude=14.0,
            longitude=108.0,
            has_data=bool(entered[place.code]),
            last_entry_on=max(entered[place.code], default=None),
            last_desk_on=max(desk_days, default=None),
        )


def _first_of_chain(rows):
    by_number = {row.number: row for row in rows}
    return {
        number: by_number[row.continues] if row.continues else row
        for number, row in by_number.items()
    }


def _pauses(wards):
    pauses = defaultdict(tuple)
    for row in all_of(wards, "pauses"):
        for kind in ("mentor", "mentee", "support_post"):
            number = getattr(row, kind)
            if number is not None:
                pauses[kind, number] += ((row.started_on, row.ended_on),)
    return pauses
