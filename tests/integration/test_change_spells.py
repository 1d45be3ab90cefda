"""One change for many people of a role: asked as often as for few, one undo, never twice."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import func, select

from app.access.scope import WardScope
from app.errors import AlreadyDoneError
from app.services.change_spells import (
    ManyChange,
    ManyEnds,
    ManyMoves,
    ManyPairings,
    ManyPauses,
    change_spells,
    foresee,
)
from app.services.move_rules import MoveTerms
from app.services.pause_rules import PauseTerms
from app.services.tag_spells import ManyTags
from app.services.undo_batch import undo_batch
from models import EndReason, Mentorship, PersonTag, Tag, db
from models.enums import PersonRole
from tests.factories.accounts import AccountFactory
from tests.factories.base import any_ward
from tests.factories.network import (
    AttendanceFactory,
    HamletFactory,
    MenteeFactory,
    MentorCapacityFactory,
    MentorFactory,
    MentorshipFactory,
    PauseFactory,
    PersonFactory,
)
from tests.web.statements import counted_statements

WARD, OTHER = "21553", "21583"
EVERYWHERE = WardScope.everywhere()
DAY = date(2026, 3, 10)

pytestmark = pytest.mark.usefixtures("flask_app")


def tag_id(code: str = "community_team") -> int:
    return db.session.scalars(select(Tag.id).where(Tag.code == code)).one()


def reason_id(code: str) -> int:
    return db.session.scalars(select(EndReason.id).where(EndReason.code == code)).one()


def mentors(count: int) -> list[int]:
    """Mentors of a hamlet with a capacity and a coming pause of their own, and who each guides."""
    found = []
    for _number in range(count):
        person = PersonFactory(hamlet=HamletFactory(ward=any_ward(WARD)))
        mentor = MentorFactory(ward=any_ward(WARD), person=person)
        MentorCapacityFactory(mentor=mentor, capacity=20)
        PauseFactory(mentor=mentor, started_on=date(2026, 4, 1), ended_on=date(2026, 4, 9))
        AttendanceFactory(mentorship=MentorshipFactory(mentor=mentor))
        found.append(mentor.id)
    return found


def mentees(count: int) -> list[int]:
    return [MenteeFactory(ward=any_ward(WARD)).id for _number in range(count)]


CHANGES: dict[str, tuple[PersonRole, Callable[[], ManyChange]]] = {
    "pause": (PersonRole.MENTOR, lambda: ManyPauses(PauseTerms(DAY, date(2026, 3, 20)))),
    "move": (PersonRole.MENTOR, lambda: ManyMoves(MoveTerms(any_ward(OTHER).id, DAY))),
    "end": (PersonRole.MENTOR, lambda: ManyEnds(DAY, reason_id("term_ended"))),
    "tag": (PersonRole.MENTOR, lambda: ManyTags(tag_id(), is_given=True)),
    "pair": (
        PersonRole.MENTEE,
        lambda: ManyPairings(MentorFactory(ward=any_ward(WARD)).id, DAY),
    ),
}


@pytest.mark.parametrize("word", CHANGES)
def test_a_change_of_many_asks_as_often_as_one_of_few(word):
    role, make = CHANGES[word]
    counted = []
    for size in (2, 6):
        ids = mentors(size) if role is PersonRole.MENTOR else mentees(size)
        change = make()
        db.session.commit()
        db.session.expunge_all()
        with counted_statements() as statements:
            assert foresee(EVERYWHERE, role, ids, change).able == ids
            change_spells(EVERYWHERE, role, ids, change)
        counted.append(sum(one.startswith("SELECT") for one in statements))

    few, many = counted
    assert many == few


def test_a_tag_is_given_to_many_once_each_and_taken_back_at_once():
    """product.md 3.5: every bulk change can be taken back."""
    [known, *new] = mentees(3)
    change = ManyTags(tag_id(), is_given=True)
    change_spells(EVERYWHERE, PersonRole.MENTEE, [known], change)

    found = foresee(EVERYWHERE, PersonRole.MENTEE, [known, *new], change)
    receipt = change_spells(EVERYWHERE, PersonRole.MENTEE, found.able, change)

    assert found.able == new
    assert db.session.scalar(select(func.count(PersonTag.id))) == 3
    undo_batch(EVERYWHERE, receipt.batch_id)
    assert db.session.scalar(select(func.count(PersonTag.id))) == 1


def test_a_tag_is_taken_from_those_who_carry_it():
    tagged, other = mentees(2)
    change_spells(EVERYWHERE, PersonRole.MENTEE, [tagged], ManyTags(tag_id(), is_given=True))
    change = ManyTags(tag_id(), is_given=False)

    found = foresee(EVERYWHERE, PersonRole.MENTEE, [tagged, other], change)
    change_spells(EVERYWHERE, PersonRole.MENTEE, found.able, change)

    assert found.able == [tagged]
    assert db.session.scalar(select(func.count(PersonTag.id))) == 0


def test_a_form_of_many_sent_twice_pairs_them_once():
    """product.md 3.14: a double press makes one record."""
    scope = WardScope.everywhere(AccountFactory().id)
    role, change = PersonRole.MENTEE, ManyPairings(MentorFactory(ward=any_ward(WARD)).id, DAY)
    ids = mentees(2)
    first = change_spells(scope, role, ids, change, request_key="key-of-the-form-0001")

    with pytest.raises(AlreadyDoneError) as done:
        change_spells(scope, role, ids, change, request_key="key-of-the-form-0001")

    assert done.value.batch_id == first.batch_id
    assert db.session.scalar(select(func.count(Mentorship.id))) == 2
