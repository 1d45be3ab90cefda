"""Made-up names and numbers look real and belong to nobody."""

import unicodedata
from random import Random

import pytest

from app.demonstration.names import phone_of, read_names
from app.demonstration.places import LANGUAGE_OF, PEOPLES
from models.enums import Gender
from models.names import normalise_name, parse_phone, sort_key

NAMES = read_names()
ASSIGNED_SECOND_DIGITS_OF_03 = "23456789"


@pytest.mark.parametrize("people", LANGUAGE_OF)
@pytest.mark.parametrize("gender", [Gender.FEMALE, Gender.MALE])
def test_names_of_every_people_can_be_stored_and_sorted(people, gender):
    rng = Random(1)  # noqa: S311  # made-up names

    names = {NAMES.person(rng, people, gender) for _ in range(200)}

    assert len(names) > 20
    assert all(name == normalise_name(name) and len(name) <= 120 for name in names)
    assert all(sort_key(name) for name in names)


def test_the_list_is_in_normal_form():
    values = [value for part in NAMES.values.values() for value in part]

    assert all(value == unicodedata.normalize("NFC", value) for value in values)


def test_shares_of_the_peoples_add_up_to_a_hundred():
    assert {sum(shares.values()) for shares in PEOPLES.values()} == {100}


def test_a_made_up_phone_has_the_form_of_a_number_and_an_unassigned_prefix():
    phone = phone_of(1234)

    assert parse_phone(phone) == phone == "+84300001234"
    assert phone[4] not in ASSIGNED_SECOND_DIGITS_OF_03
