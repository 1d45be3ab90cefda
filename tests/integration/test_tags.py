"""Tags: given and taken on a person's page, a column and a filter of the lists, and merging."""

import pytest
from sqlalchemy import select

from app import clock
from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.mentee_lists import list_mentees
from app.queries.people import get_person_detail
from app.queries.people_filter import PeopleFilter
from app.queries.settings import get_settings
from app.queries.spells import SpellKey
from app.queries.windows import Window
from app.services.tag_person import TagChange, tag_person
from app.services.undo_batch import undo_batch
from models import Mentee, Tag, db
from models.enums import PersonRole
from tests.factories.base import any_ward
from tests.factories.network import MenteeFactory

OWN, OTHER = "21553", "21583"
EVERYWHERE = WardScope.everywhere()


@pytest.fixture
def mentee(flask_app) -> Mentee:
    return MenteeFactory(ward=any_ward(OWN), person__full_name="Rơ Châm Dih")


def tag_id(code: str) -> int:
    return db.session.scalars(select(Tag.id).where(Tag.code == code)).one()


def change(mentee: Mentee, *, given=(), taken=()) -> int:
    ids = [{tag_id(code) for code in codes} for codes in (given, taken)]
    key = SpellKey(PersonRole.MENTEE, mentee.id)
    return tag_person(EVERYWHERE, key, TagChange(*ids)).batch_id


def labels(mentee: Mentee) -> list[str]:
    return [tag.label for tag in get_person_detail(EVERYWHERE, mentee.person_id).tags]


def listed(**chosen: str) -> list[tuple[str, tuple[str, ...]]]:
    today = clock.today()
    asked = EVERYWHERE, PeopleFilter(**chosen), Window(), today, get_settings(today)
    return [(line.full_name, line.tags) for line in list_mentees(*asked).lines]


def test_tags_are_given_and_taken_once_each_and_the_change_is_undone_as_one(mentee):
    change(mentee, given=["community_team", "digital_family"])

    batch = change(mentee, given=["digital_family", "learning_day"], taken=["community_team"])

    assert labels(mentee) == ["Gia đình số", "Ngày hội toàn dân học tập số"]
    undo_batch(EVERYWHERE, batch)
    assert labels(mentee) == ["Gia đình số", "Tổ công nghệ số cộng đồng"]


@pytest.mark.parametrize("narrowed", [{}, {"words": "dih"}, {"ward_code": OWN}])
def test_a_list_narrowed_to_a_tag_holds_whoever_carries_it_and_names_their_tags(mentee, narrowed):
    MenteeFactory(ward=any_ward(OWN), person__full_name="Siu Dih")
    change(mentee, given=["volunteer_team"])

    assert listed(tag="volunteer_team", **narrowed) == [
        ("Rơ Châm Dih", ("Đội hình thanh niên tình nguyện",))
    ]


def test_whoever_was_untagged_is_no_longer_in_the_list_of_the_tag(mentee):
    change(mentee, given=["volunteer_team"])
    change(mentee, taken=["volunteer_team"])

    assert listed(tag="volunteer_team") == []


def test_a_leader_tags_nobody_of_another_ward(mentee):
    elsewhere = WardScope.of([any_ward(OTHER).id])
    key = SpellKey(PersonRole.MENTEE, mentee.id)

    with pytest.raises(OutOfScopeError):
        tag_person(elsewhere, key, TagChange({tag_id("digital_family")}, set()))
