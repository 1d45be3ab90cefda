"""Who seems to be registered twice, sessions entered in a burst, and what answering does."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app import clock
from app.access.scope import WardScope
from app.errors import NoticeChangedError, OutOfScopeError, SessionHandedOnError
from app.queries.alike_people import alike_of_people
from app.queries.audit import audit_scope
from app.queries.reviews import get_alike_people, get_burst
from app.services.answer_notice import confirm_sessions, tell_people_apart
from app.services.delete_session import delete_from_burst, delete_session
from app.services.undo_batch import undo_batch
from graphs.findings import Rule
from models import db
from models.help_session import HelpSession
from tests.factories.accounts import AccountFactory
from tests.factories.base import any_ward
from tests.factories.network import (
    HandoffFactory,
    HelpSessionFactory,
    MenteeFactory,
    MentorFactory,
    PersonFactory,
)

EVERYWHERE = WardScope.everywhere()
HERE, THERE = "21553", "21583"
MORNING = datetime(2026, 3, 10, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_10_march():
    with time_machine.travel(MORNING + timedelta(hours=1), tick=False):
        yield


def found(rule, scope=EVERYWHERE):
    report = audit_scope(scope, clock.today())
    return [
        (finding.ward, finding.subject.id, finding.measured)
        for finding in report.findings
        if finding.rule is rule
    ]


def duplicates(scope=EVERYWHERE):
    return found(Rule.POSSIBLE_DUPLICATE, scope)


def bursts(scope=EVERYWHERE):
    return found(Rule.ENTRY_BURST, scope)


def ward_scope(code):
    return WardScope.of([any_ward(code).id])


def register(name, ward=HERE, factory=MenteeFactory, *, phone=None, birth_year=None):
    person = PersonFactory(full_name=name, phone=phone, birth_year=birth_year)
    factory(person=person, ward=any_ward(ward))
    return person.id


def enter(count, ward=HERE, *, account=None, at=MORNING, **values):
    account_id = account or AccountFactory().id
    return [
        HelpSessionFactory(
            ward=any_ward(ward),
            entered_by_id=account_id,
            entered_at=at + timedelta(seconds=number),
            **values,
        ).id
        for number in range(count)
    ]


def test_the_same_name_and_year_in_one_ward_are_noticed_whatever_the_accents(flask_app):
    register("Ksor H'Lan", birth_year=1980, phone="0905123456")
    twin = register("ksor h’lan", birth_year=1980, factory=MentorFactory)

    assert duplicates() == duplicates(ward_scope(HERE)) == [(HERE, twin, 2)]


def test_two_phones_tell_namesakes_of_one_year_apart(flask_app):
    register("Ksor H'Lan", birth_year=1980, phone="0905123456")
    register("Ksor H'Lan", birth_year=1980, phone="0905123457")

    assert duplicates() == []


def test_a_family_that_shares_a_phone_is_nothing_to_look_at(flask_app):
    register("Ksor H'Lan", birth_year=1980, phone="0905123456")
    register("Ksor Thinh", birth_year=1980, phone="0905123456")

    assert duplicates() == []


def test_across_wards_only_name_and_phone_count_and_only_the_province_is_told(flask_app):
    first = register("Ksor H'Lan", birth_year=1980, phone="0905123456")
    register("Siu Thinh", birth_year=1975)
    twin = register("Ksor H'Lan", THERE, phone="0905123456")
    register("Siu Thinh", THERE, birth_year=1975)

    assert duplicates() == [(THERE, twin, 2)]
    assert duplicates(ward_scope(HERE)) == duplicates(ward_scope(THERE)) == []
    assert [record.id for record in get_alike_people(EVERYWHERE, twin).records] == [first, twin]
    assert [record.id for record in get_alike_people(ward_scope(THERE), twin).records] == [twin]
    with pytest.raises(OutOfScopeError):
        get_alike_people(ward_scope(HERE), twin)


def test_who_was_told_apart_is_no_longer_alike_and_undoing_brings_it_back(flask_app):
    ids = [register("Ksor H'Lan", birth_year=1980) for _ in range(3)]
    assert duplicates() == [(HERE, ids[2], 3)]

    receipt = tell_people_apart(ward_scope(HERE), ids[2], seen=ids)

    assert duplicates() == []
    undo_batch(ward_scope(HERE), receipt.batch_id)
    assert duplicates() == [(HERE, ids[2], 3)]


def test_somebody_who_comes_later_is_compared_with_those_told_apart(flask_app):
    ids = [register("Ksor H'Lan", birth_year=1980) for _ in range(2)]
    tell_people_apart(EVERYWHERE, ids[0], seen=ids)

    later = register("Ksor H'Lan", birth_year=1980)

    assert duplicates() == [(HERE, later, 3)]


def test_an_answer_about_others_than_those_on_the_page_is_refused(flask_app):
    ids = [register("Ksor H'Lan", birth_year=1980) for _ in range(3)]

    with pytest.raises(NoticeChangedError):
        tell_people_apart(EVERYWHERE, ids[0], seen=ids[:2])
    tell_people_apart(EVERYWHERE, ids[0], seen=ids)
    with pytest.raises(NoticeChangedError):
        tell_people_apart(EVERYWHERE, ids[0], seen=ids[:1])


def test_ten_sessions_at_once_are_noticed_in_their_ward_alone(flask_app):
    ids = enter(10)
    enter(9, THERE)

    assert bursts() == bursts(ward_scope(HERE)) == [(HERE, ids[0], 10)]
    assert bursts(ward_scope(THERE)) == []
    with pytest.raises(OutOfScopeError):
        get_burst(ward_scope(THERE), ids[0])


def test_a_night_of_entering_is_noticed_though_it_took_hours(flask_app):
    account_id = AccountFactory().id
    evening = datetime(2026, 3, 9, 15, tzinfo=UTC)
    ids = [
        enter(1, account=account_id, at=evening + timedelta(minutes=25 * turn))[0]
        for turn in range(10)
    ]

    assert bursts() == [(HERE, ids[0], 10)]


def test_confirmed_sessions_are_no_burst_and_undoing_brings_it_back(flask_app):
    ids = enter(12)

    receipt = confirm_sessions(ward_scope(HERE), ids[0], seen=ids)

    assert bursts() == []
    undo_batch(ward_scope(HERE), receipt.batch_id)
    assert bursts() == [(HERE, ids[0], 12)]


def test_deleting_the_wrong_sessions_removes_the_burst(flask_app):
    ids = enter(11)

    delete_session(EVERYWHERE, ids[0])
    assert bursts() == [(HERE, ids[1], 10)]
    delete_session(EVERYWHERE, ids[1])

    assert bursts() == []
    assert db.session.scalar(select(HelpSession.id).limit(1)) == ids[2]


def test_confirming_a_burst_that_grew_meanwhile_is_refused(flask_app):
    account_id = AccountFactory().id
    ids = enter(10, account=account_id)
    enter(1, account=account_id)

    with pytest.raises(NoticeChangedError):
        confirm_sessions(EVERYWHERE, ids[0], seen=ids)


def test_more_people_than_a_statement_takes_values_are_compared(flask_app):
    same = [register("Đinh Văn Byên", birth_year=2001) for _ in range(2)]
    ward = any_ward(HERE)

    rows = alike_of_people(
        EVERYWHERE, range(1, max(same) + 300_000), clock.today(), {ward.id: ward.code}
    )

    assert [(row.earlier, row.later) for row in rows] == [tuple(same)]


def test_sessions_of_a_burst_that_did_not_take_place_are_deleted_and_undone_as_one(flask_app):
    ids = enter(12)
    receipt = delete_from_burst(ward_scope(HERE), ids[0], ids[:2])
    after = bursts()

    undo_batch(EVERYWHERE, receipt.batch_id)

    assert after == [(HERE, ids[2], 10)]
    assert bursts() == [(HERE, ids[0], 12)]


def test_a_burst_from_which_enough_was_deleted_is_none_any_more(flask_app):
    ids = enter(12)

    delete_from_burst(ward_scope(HERE), ids[5], ids[9:])

    assert bursts() == []


def test_only_sessions_of_the_burst_in_the_own_wards_are_deleted(flask_app):
    ids, [single] = enter(10), enter(1)
    HandoffFactory(help_session_id=ids[3])
    scope = ward_scope(HERE)

    for chosen in ([], [single], [*ids[:2], single], [ids[0], 999_999]):
        with pytest.raises(NoticeChangedError):
            delete_from_burst(scope, ids[0], chosen)
    with pytest.raises(SessionHandedOnError):
        delete_from_burst(scope, ids[0], ids[2:5])
    with pytest.raises(OutOfScopeError):
        delete_from_burst(ward_scope(THERE), ids[0], ids[:1])

    assert bursts() == [(HERE, ids[0], 10)]
