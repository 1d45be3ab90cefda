"""Tags: given and taken on a person's page, a column and a filter of the lists, and merging."""

from datetime import date

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from app.access.scope import WardScope
from app.errors import OutOfScopeError
from app.queries.merging import merged_edition
from app.queries.people import get_person_detail
from app.queries.spells import SpellKey
from app.services.merge_people import MergeOrder, merge_people
from app.services.tag_person import TagChange, tag_person
from app.services.undo_batch import undo_batch
from app.timeline.lines import History
from app.web.mentee_listing import MenteeListing
from models import Mentee, PersonTag, Tag, db
from models.enums import PersonRole
from tests.factories.base import any_ward
from tests.factories.network import MenteeFactory, end_reason

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


def listed(**said: str) -> list[tuple[str, tuple[str, ...]]]:
    address = MultiDict([("cot", "nhan"), *said.items()])
    return [
        (line.full_name, line.tags) for line in MenteeListing(EVERYWHERE, address).window().lines
    ]


def test_tags_are_given_and_taken_once_each_and_the_change_is_undone_as_one(mentee):
    change(mentee, given=["community_team", "digital_family"])

    batch = change(mentee, given=["digital_family", "learning_day"], taken=["community_team"])

    assert labels(mentee) == ["Gia đình số", "Ngày hội toàn dân học tập số"]
    undo_batch(EVERYWHERE, batch)
    assert labels(mentee) == ["Gia đình số", "Tổ công nghệ số cộng đồng"]


@pytest.mark.parametrize("narrowed", [{}, {"q": "dih"}, {"xa": OWN}])
def test_a_list_narrowed_to_a_tag_holds_whoever_carries_it_and_names_their_tags(mentee, narrowed):
    MenteeFactory(ward=any_ward(OWN), person__full_name="Siu Dih")
    change(mentee, given=["volunteer_team"])

    assert listed(nhan="volunteer_team", **narrowed) == [
        ("Rơ Châm Dih", ("Đội hình thanh niên tình nguyện",))
    ]


def test_whoever_was_untagged_is_no_longer_in_the_list_of_the_tag(mentee):
    change(mentee, given=["volunteer_team"])
    change(mentee, taken=["volunteer_team"])

    assert listed(nhan="volunteer_team") == []


def test_a_leader_tags_nobody_of_another_ward(mentee):
    elsewhere = WardScope.of([any_ward(OTHER).id])
    key = SpellKey(PersonRole.MENTEE, mentee.id)

    with pytest.raises(OutOfScopeError):
        tag_person(elsewhere, key, TagChange({tag_id("digital_family")}, set()))


def test_two_records_of_one_person_keep_each_tag_once(mentee):
    other = MenteeFactory(
        ward=any_ward(OWN), started_on=date(2025, 1, 5), ended_on=date(2025, 6, 5),
        end_reason=end_reason("moved"),
    )  # fmt: skip
    change(mentee, given=["digital_family"])
    change(other, given=["digital_family", "learning_day"])
    kept, archived = mentee.person_id, other.person_id
    edition = merged_edition(EVERYWHERE, kept, archived)

    merge_people(
        EVERYWHERE,
        MergeOrder(kept_id=kept, archived_id=archived, taken=frozenset(), seen_edition=edition),
    )

    assert labels(mentee) == ["Gia đình số", "Ngày hội toàn dân học tập số"]
    rows = db.session.scalars(select(PersonTag.person_id)).all()
    assert rows == [kept, kept]


def test_the_history_of_a_person_tells_of_tags_given_and_taken(mentee):
    change(mentee, given=["digital_family"])
    change(mentee, taken=["digital_family"])

    lines = History.of_person(EVERYWHERE, mentee.person_id).lines(
        offset=0, limit=10, shows_phones=False
    )

    told = [(line.action, line.sentences) for line in lines]
    assert ("Sửa nhãn", ("Gắn nhãn Gia đình số.",)) in told
    assert ("Sửa nhãn", ("Bỏ nhãn Gia đình số.",)) in told
