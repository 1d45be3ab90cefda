"""What each ward reads about the other's side of a pair that crosses their border."""

from datetime import date

import pytest

from app.access.scope import WardScope
from app.queries.contacts import list_attendees
from app.queries.pairing import get_pair_card
from app.queries.person_pairings import list_pairings_of_mentee, list_pairings_of_mentor
from app.queries.subjects import PersonName, name_pairs
from models import Mentorship
from tests.factories.base import any_ward
from tests.factories.network import (
    HamletFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PersonFactory,
)

pytestmark = pytest.mark.usefixtures("flask_app")

OWN, OTHER = "21553", "21583"
DAY = date(2026, 3, 2)
PHONE, MASKED = "+84912345678", "0912 ••• 678"


def pair_across() -> Mentorship:
    """Make a pair of a mentor of the one ward and a mentee of the other, about whom all is known.

    Each has a namesake, so that findings tell them apart by the birth year.
    """
    PersonFactory(full_name="Lê Văn Tám", birth_year=1970)
    PersonFactory(full_name="Siu Blơi", birth_year=1971)
    mentor = MentorFactory(
        person__full_name="Lê Văn Tám", person__birth_year=2001, person__phone=PHONE
    )
    mentee = MenteeFactory(
        ward=any_ward(OTHER),
        person__full_name="Siu Blơi",
        person__birth_year=1960,
        person__phone=PHONE,
        person__hamlet=HamletFactory(ward=any_ward(OTHER), name="làng Plei Ốp"),
    )
    return MentorshipFactory(mentor=mentor, mentee=mentee)


def within(*ward_codes: str) -> WardScope:
    return WardScope.of(any_ward(code).id for code in ward_codes)


@pytest.mark.parametrize(
    ("wards", "seen"), [([OWN], (None, MASKED)), ([OWN, OTHER], (1960, PHONE))]
)
def test_a_mentors_page_tells_of_a_mentee_elsewhere_what_the_ward_may_know(wards, seen):
    pair = pair_across()

    [line] = list_pairings_of_mentor(within(*wards), pair.mentor_id, DAY)

    assert (line.full_name, line.ward_id) == ("Siu Blơi", any_ward(OTHER).id)
    assert (line.birth_year, line.phone) == seen


@pytest.mark.parametrize(
    ("wards", "seen"), [([OTHER], (None, MASKED)), ([OWN, OTHER], (2001, PHONE))]
)
def test_a_mentees_page_tells_of_a_mentor_elsewhere_what_the_ward_may_know(wards, seen):
    pair = pair_across()

    [line] = list_pairings_of_mentee(within(*wards), pair.mentee_id, DAY)

    assert (line.full_name, line.ward_id) == ("Lê Văn Tám", any_ward(OWN).id)
    assert (line.birth_year, line.phone) == seen


@pytest.mark.parametrize(("wards", "birth_year"), [([OWN], None), ([OWN, OTHER], 1960)])
def test_who_ends_a_pair_reads_the_birth_year_of_the_own_wards_people(wards, birth_year):
    pair = pair_across()

    card = get_pair_card(within(*wards), pair.id, DAY)

    assert (card.mentee, card.mentee_birth_year) == ("Siu Blơi", birth_year)


@pytest.mark.parametrize(
    ("wards", "seen"),
    [
        ([OWN], (None, None, MASKED, False)),
        ([OWN, OTHER], (1960, "làng Plei Ốp", PHONE, True)),
    ],
)
def test_who_records_a_contact_reads_of_a_mentee_elsewhere_the_ward_alone(wards, seen):
    pair = pair_across()

    [person] = list_attendees(within(*wards), pair.mentor_id, DAY)

    assert (person.full_name, person.ward_name) == ("Siu Blơi", any_ward(OTHER).name)
    assert (person.birth_year, person.hamlet, person.phone, person.is_in_scope) == seen


@pytest.mark.parametrize(
    ("wards", "years"),
    [([OWN], (2001, None)), ([OTHER], (None, 1960)), ([OWN, OTHER], (2001, 1960))],
)
def test_a_finding_about_a_pair_tells_apart_by_year_the_own_wards_people(wards, years):
    pair = pair_across()

    names = name_pairs(within(*wards), [pair.id])[pair.id]

    assert names[1:] == (PersonName("Lê Văn Tám", years[0]), PersonName("Siu Blơi", years[1]))
