"""The figures of activities, worked out a second time row by row in plain Python."""

import random
from collections import defaultdict
from datetime import date, timedelta

import pytest

from app.access.scope import WardScope
from app.queries.activity_figures import (
    ActivityFigures,
    Counted,
    Days,
    list_activity_figures,
    list_movements,
    list_turns_by_group,
    list_wards_without_class,
    sum_activities,
)
from models import Activity, PersonTag, ReportingPeriod, Ward, db
from models.enums import ActivityKind
from tests.factories.activities import (
    ActivityFactory,
    ActivityHostFactory,
    ActivityPersonFactory,
    ActivityTagFactory,
    ActivityTurnsFactory,
    group,
    tag,
)
from tests.factories.base import any_ward
from tests.factories.network import MenteeFactory, MentorFactory

pytestmark = pytest.mark.usefixtures("flask_app")

FIRST, LAST = date(2026, 6, 15), date(2026, 9, 14)
SPAN = Days(FIRST, LAST)
WARDS = ("21553", "23764", "23575")
GROUPS = ("elderly", "woman", "farmer")
EVERYWHERE = WardScope.everywhere()


@pytest.fixture
def happened():
    """Activities of three wards on and around the edges of the quarter, as plain rows."""
    chance = random.Random(11)  # noqa: S311  # made-up days
    days = [FIRST + timedelta(days=step) for step in (-1, 0, 40, 91, 92)]
    mentors = {ward: [MentorFactory(ward=any_ward(ward)) for _ in range(3)] for ward in WARDS}
    # Somebody who learns in every ward is one person of the province.
    people = {ward: [MenteeFactory(ward=any_ward(ward)).person for _ in range(3)] for ward in WARDS}
    everywhere = MenteeFactory(ward=any_ward(WARDS[0])).person
    twin = MenteeFactory(ward=any_ward(WARDS[1])).person
    twin.merged_into_id = everywhere.id
    rows = []
    for _ in range(30):
        ward, kind, day = chance.choice(WARDS), chance.choice(list(ActivityKind)), None
        day, is_held = chance.choice(days), chance.random() < 0.8
        row = ActivityFactory(
            ward=any_ward(ward),
            kind=kind,
            service_date=day,
            is_held=is_held,
            turns=(turns := chance.randint(0, 30)) if is_held else None,
        )
        hosts = chance.sample(mentors[ward], chance.randint(0, 2))
        came = chance.sample([*people[ward], everywhere, twin], chance.randint(0, 3))
        groups = {code: chance.randint(1, 9) for code in chance.sample(GROUPS, 2)}
        for mentor in hosts:
            ActivityHostFactory(activity=row, mentor=mentor)
        for person in came:
            ActivityPersonFactory(activity=row, person=person)
        for code, how_many in groups.items():
            ActivityTurnsFactory(activity=row, target_group_id=group(code), turns=how_many)
        if marked := chance.random() < 0.5:
            ActivityTagFactory(activity=row)
        if is_held and FIRST <= day <= LAST:
            known = {everywhere.id if person is twin else person.id for person in came}
            hosting = {mentor.person_id for mentor in hosts}
            rows.append((ward, kind, turns, known, hosting, groups, marked))
    deleted = ActivityFactory(service_date=FIRST)
    deleted.deleted_at = deleted.entered_at
    carrier, former = MenteeFactory(), MenteeFactory(ended_on=date(2026, 8, 1))
    for spell in (carrier, former):
        stamp = {"entered_at": spell.entered_at, "version": 1}
        db.session.add(PersonTag(person_id=spell.person_id, tag_id=tag("digital_market"), **stamp))
    db.session.commit()
    return rows, carrier.person_id


def summed(rows):
    return ActivityFigures(
        len(rows),
        sum(row[2] for row in rows),
        len(set().union(*(row[3] for row in rows))),
        len(set().union(*(row[4] for row in rows))),
    )


def test_figures_per_ward_and_kind_are_those_of_the_rows(happened):
    rows, _ = happened
    codes = dict(db.session.query(Ward.id, Ward.code))

    shown = {
        (codes[row.ward_id], row.kind): row.figures
        for row in list_activity_figures(EVERYWHERE, SPAN)
    }

    keys = {row[:2] for row in rows}
    assert shown == {key: summed([row for row in rows if row[:2] == key]) for key in keys}


def test_people_and_hosts_of_all_wards_together_are_each_one(happened):
    rows, _ = happened
    one_ward = WardScope.of([any_ward(WARDS[1]).id])

    assert sum_activities(EVERYWHERE, SPAN) == summed(rows)
    assert sum_activities(one_ward, SPAN) == summed([r for r in rows if r[0] == WARDS[1]])
    for kind in ActivityKind:
        of_kind = [row for row in rows if row[1] is kind]
        assert sum_activities(EVERYWHERE, SPAN, kind) == summed(of_kind)


def test_turns_by_group_are_those_of_the_rows(happened):
    rows, _ = happened
    codes = dict(db.session.query(Ward.id, Ward.code))
    expected = defaultdict(int)
    for ward, kind, _turns, _known, _hosting, groups, _marked in rows:
        for code, how_many in groups.items():
            expected[ward, kind, code] += how_many

    shown = {
        (codes[row.ward_id], row.kind, row.group_code): row.turns
        for row in list_turns_by_group(EVERYWHERE, SPAN)
    }

    assert shown == expected


def test_a_movement_counts_each_person_once_and_no_team(happened):
    rows, carrier = happened
    marked = [row for row in rows if row[6]]
    people = {carrier}.union(*(row[3] for row in marked))

    shown = {row.code: row for row in list_movements(EVERYWHERE, SPAN)}

    assert (shown["digital_market"].people, shown["digital_market"].activities) == (
        len(people),
        len(marked),
    )
    assert "community_team" not in shown
    assert (shown["digital_family"].people, shown["digital_family"].activities) == (0, 0)


def test_a_ward_has_a_class_when_one_was_held_from_monday_to_sunday():
    monday = date(2026, 8, 24)
    values = {"kind": ActivityKind.COMMUNITY_CLASS}
    ActivityFactory(ward=any_ward(WARDS[0]), service_date=monday + timedelta(days=6), **values)
    ActivityFactory(ward=any_ward(WARDS[1]), service_date=monday + timedelta(days=7), **values)
    ActivityFactory(ward=any_ward(WARDS[1]), service_date=monday, is_held=False, **values)
    ActivityFactory(ward=any_ward(WARDS[2]), service_date=monday, kind=ActivityKind.HOUSE_VISIT)
    three = WardScope.of([any_ward(code).id for code in WARDS])

    without = [ward.code for ward in list_wards_without_class(three, monday)]

    assert without == sorted(WARDS[1:])


def test_a_ward_that_was_taken_in_since_had_its_weeks_before():
    monday = date(2026, 8, 24)
    dissolved = any_ward(WARDS[0])
    dissolved.valid_to = monday + timedelta(days=7)
    db.session.commit()
    one = WardScope.of([dissolved.id])

    assert [ward.code for ward in list_wards_without_class(one, monday)] == [WARDS[0]]
    assert list_wards_without_class(one, monday + timedelta(days=7)) == []


def test_a_period_counts_what_it_took_in_whatever_the_day_and_nothing_that_is_planned():
    late = ReportingPeriod(
        code="2026-Q4", started_on=date(2026, 9, 15), ended_on=date(2026, 12, 15)
    )
    db.session.add(late)
    db.session.commit()
    person = MenteeFactory(ward=any_ward(WARDS[0])).person
    for day, period in ((FIRST, late), (date(2026, 10, 1), late), (date(2026, 10, 2), None)):
        taken = {} if period is None else {"reported_in": period}
        row = ActivityFactory(ward=any_ward(WARDS[0]), service_date=day, turns=7, **taken)
        ActivityPersonFactory(activity=row, person=person)
        ActivityTagFactory(activity=row)
    ActivityFactory(ward=any_ward(WARDS[0]), service_date=date(2026, 10, 3), is_held=False)
    within = Counted(late.id, date(2026, 12, 14))

    counted = [row for row in db.session.query(Activity) if row.reported_in_id == late.id]
    assert len(counted) == 2
    assert sum_activities(EVERYWHERE, within) == ActivityFigures(2, 14, 1, 0)
    assert sum(row.figures.held for row in list_activity_figures(EVERYWHERE, within)) == 2
    assert [(row.people, row.activities) for row in list_movements(EVERYWHERE, within)][:3].count(
        (1, 2)
    ) == 1
    assert sum_activities(EVERYWHERE, Counted(None, LAST)) == ActivityFigures(0, 0, 0, 0)
