"""The figures of what was learnt, worked out a second time row by row in plain Python."""

import random
from collections import defaultdict
from datetime import date, timedelta

import pytest

from app.access.scope import WardScope
from app.queries.learning_figures import (
    LearningFigures,
    completed_by_ward,
    count_learning,
    learning_by_ward,
)
from models import db
from models.enums import SkillLevel, VneidBasis
from tests.factories.base import any_ward
from tests.factories.network import (
    MenteeFactory,
    SkillAssessmentFactory,
    VneidConfirmationFactory,
    end_reason,
    skill,
)

pytestmark = pytest.mark.usefixtures("flask_app")

FIRST, LAST = date(2026, 6, 15), date(2026, 9, 14)
WARDS = ("21553", "23764", "23575")
CODES = ("phone", "vneid", "safety")


@pytest.fixture
def happened():
    """People of three wards, some of two, with rows on and around the edges of the quarter."""
    chance = random.Random(7)  # noqa: S311  # made-up days
    days = [FIRST + timedelta(days=step) for step in (-40, -1, 0, 30, 91, 92)]
    rows = {"able": [], "completed": [], "vneid": []}
    for _ in range(8):
        person = None
        for ward in chance.sample(WARDS, chance.choice((1, 2))):
            spell = MenteeFactory(
                **({"person": person} if person else {}),
                ward=any_ward(ward),
                started_on=date(2026, 1, 5) if person is None else date(2026, 10, 1),
                ended_on=(ended := chance.choice(days)) if person is None else None,
                end_reason=end_reason(reason := chance.choice(("completed", "other")))
                if person is None
                else None,
            )
            if person is None and reason == "completed":
                rows["completed"].append((ended, spell.person_id, ward))
            person = spell.person
            for _ in range(4):
                code, level, day = chance.choice(CODES), chance.choice(list(SkillLevel)), None
                row = SkillAssessmentFactory(
                    mentee=spell,
                    skill_id=skill(code),
                    level=level,
                    service_date=(day := chance.choice(days)),
                )
                if level is SkillLevel.ABLE:
                    rows["able"].append((day, row.id, person.id, code, ward))
            for basis in VneidBasis:
                row = VneidConfirmationFactory(
                    mentee=spell, basis=basis, service_date=(day := chance.choice(days))
                )
                rows["vneid"].append((day, row.id, person.id, basis, ward))
    return rows


def first_of_each(rows):
    """Of the rows of one person and one thing the first: by day, then as entered."""
    firsts = {}
    for day, _id, person, thing, ward in sorted(rows, key=lambda row: row[:2]):
        firsts.setdefault((person, thing), (day, ward))
    return firsts


def expected(rows, wards):
    def counts(day, ward):
        return ward in wards and FIRST <= day <= LAST

    skills = [key for key, at in first_of_each(rows["able"]).items() if counts(*at)]
    vneid = defaultdict(set)
    for (person, basis), at in first_of_each(rows["vneid"]).items():
        if counts(*at):
            vneid[basis].add(person)
    return LearningFigures(
        skills_reached=len(skills),
        people_reaching=len({person for person, _code in skills}),
        completed=len({person for day, person, ward in rows["completed"] if counts(day, ward)}),
        vneid_self_reported=len(vneid[VneidBasis.SELF_REPORTED]),
        vneid_seen=len(vneid[VneidBasis.SEEN_BY_OFFICER]),
    )


def test_the_province_counts_each_person_once(happened):
    figures = count_learning(WardScope.everywhere(), FIRST, LAST)

    assert figures == expected(happened, WARDS)
    assert figures.skills_reached > 0
    assert figures.completed > 0


def test_each_ward_counts_what_was_first_said_there(happened):
    by_ward = learning_by_ward(WardScope.everywhere(), FIRST, LAST)

    for ward in WARDS:
        ward_id = any_ward(ward).id
        alone = count_learning(WardScope.of([ward_id]), FIRST, LAST)
        assert by_ward.get(ward_id, LearningFigures()) == expected(happened, {ward}) == alone


def test_skills_of_the_wards_add_up_to_those_of_the_province(happened):
    by_ward = learning_by_ward(WardScope.everywhere(), FIRST, LAST)

    total = count_learning(WardScope.everywhere(), FIRST, LAST).skills_reached
    assert sum(figures.skills_reached for figures in by_ward.values()) == total


def test_what_was_taken_back_does_not_count():
    row = SkillAssessmentFactory(service_date=FIRST)
    row.deleted_at = row.entered_at
    db.session.commit()

    assert count_learning(WardScope.everywhere(), FIRST, LAST) == LearningFigures()


def test_the_completed_alone_are_those_of_the_figures(happened):
    everywhere = WardScope.everywhere()
    by_ward = learning_by_ward(everywhere, FIRST, LAST)

    alone = completed_by_ward(everywhere, FIRST, LAST)

    assert alone.pop(None) == count_learning(everywhere, FIRST, LAST).completed
    assert alone == {ward: found.completed for ward, found in by_ward.items() if found.completed}
