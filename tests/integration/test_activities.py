"""Activities: planned and held, who held them, closed periods, undo, and two who edit one."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine

from app import clock
from app.access.scope import WardScope
from app.activity_errors import ActivityAheadError, ActivityHeldError, NoMentorOfWardError
from app.errors import AlreadyDoneError, EditConflictError, OutOfScopeError, PeriodClosedError
from app.queries.activities import get_activity
from app.services.activity_writing import ActivityDetails, Attendance
from app.services.add_activity import add_activity
from app.services.confirm_activity import confirm_activity
from app.services.delete_activity import delete_activity
from app.services.edit_activity import edit_activity
from app.services.undo_batch import undo_batch
from models import Activity, ActivityTurns, Change, db
from models.enums import ActivityKind
from tests.factories.accounts import AccountFactory
from tests.factories.activities import group, tag
from tests.factories.base import any_ward
from tests.factories.desk import DAY, close_third_quarter
from tests.factories.network import MenteeFactory, MentorFactory

pytestmark = pytest.mark.usefixtures("flask_app", "on_the_day")

EVERYWHERE = WardScope.everywhere()
IA_GRAI = "23764"
TOMORROW = date(2026, 9, 1)


@pytest.fixture
def on_the_day():
    with time_machine.travel("2026-08-31 09:05+07:00", tick=False):
        yield


def details(**values):
    usual = ActivityDetails(
        kind=ActivityKind.COMMUNITY_CLASS,
        service_date=DAY,
        topic="Cài và dùng VNeID",
        place="Nhà văn hóa thôn 2",
        attended=Attendance(turns=12),
    )
    return replace(usual, **values)


def planned(day=DAY, **values):
    return details(service_date=day, attended=None, **values)


def added(what, scope=EVERYWHERE, **options):
    return add_activity(scope, any_ward().id, what, **options)


def activity(receipt):
    return get_activity(EVERYWHERE, receipt.object_id)


def edit(receipt, what):
    seen = activity(receipt).edition
    return edit_activity(EVERYWHERE, receipt.object_id, what, seen_edition=seen)


def close_stored_period(receipt):
    """Close the report that counts an activity; return its code."""
    db.session.rollback()
    period = db.session.get_one(Activity, receipt.object_id).reported_in
    period.closed_at = clock.now()
    db.session.commit()
    return period.code


def test_an_activity_keeps_hosts_turns_by_group_known_people_and_marks():
    first, second = MentorFactory(), MentorFactory()
    learner = MenteeFactory()
    attended = Attendance(
        turns=20,
        group_turns={group("elderly"): 9, group("woman"): 12},
        person_ids=frozenset({learner.person_id}),
    )

    receipt = added(
        details(
            mentor_ids=frozenset({first.id, second.id}),
            tag_ids=frozenset({tag("digital_market"), tag("community_team")}),
            attended=attended,
        )
    )

    shown = activity(receipt)
    assert (shown.is_held, shown.turns, shown.period_code) == (True, 20, "2026-Q3")
    assert {host.id for host in shown.hosts} == {first.id, second.id}
    assert [person.id for person in shown.people] == [learner.person_id]
    assert {each.id for each in shown.tags} == {tag("digital_market"), tag("community_team")}
    assert {each.group_id: each.turns for each in shown.group_turns} == attended.group_turns


def test_a_planned_activity_has_no_turns_and_counts_in_no_report():
    shown = activity(added(planned(TOMORROW)))

    assert (shown.is_held, shown.turns, shown.period_code) == (False, None, None)


def test_a_planned_activity_is_confirmed_with_its_turns_in_one_step():
    receipt = added(planned())

    confirm_activity(
        EVERYWHERE, receipt.object_id, Attendance(turns=8, group_turns={group("farmer"): 3})
    )

    shown = activity(receipt)
    assert (shown.is_held, shown.turns, shown.period_code) == (True, 8, "2026-Q3")
    assert [(each.group_id, each.turns) for each in shown.group_turns] == [(group("farmer"), 3)]


def test_what_lies_ahead_or_was_held_is_not_confirmed():
    ahead, held = added(planned(TOMORROW)), added(details())

    with pytest.raises(ActivityAheadError):
        confirm_activity(EVERYWHERE, ahead.object_id, Attendance(turns=8))
    with pytest.raises(ActivityHeldError):
        confirm_activity(EVERYWHERE, held.object_id, Attendance(turns=8))


def test_only_mentors_of_the_ward_and_day_hold_an_activity():
    elsewhere = MentorFactory(ward=any_ward(IA_GRAI))
    gone = MentorFactory(started_on=date(2026, 1, 5), ended_on=date(2026, 8, 1))

    for mentor in (elsewhere, gone):
        with pytest.raises(NoMentorOfWardError):
            added(details(mentor_ids=frozenset({mentor.id})))


def test_a_host_who_left_later_stays_when_the_activity_is_corrected():
    mentor = MentorFactory()
    receipt = added(details(mentor_ids=frozenset({mentor.id})))
    mentor.ended_on = date(2026, 8, 15)
    db.session.commit()

    edit(receipt, details(mentor_ids=frozenset({mentor.id}), topic="An toàn trên mạng"))

    assert [host.id for host in activity(receipt).hosts] == [mentor.id]


def test_nobody_without_a_role_in_the_ward_is_named():
    stranger = MenteeFactory(ward=any_ward(IA_GRAI))

    with pytest.raises(OutOfScopeError):
        added(details(attended=Attendance(turns=3, person_ids=frozenset({stranger.person_id}))))


def test_a_leader_writes_in_the_own_ward_alone():
    foreign = WardScope.of([any_ward(IA_GRAI).id])
    receipt = added(details())

    with pytest.raises(OutOfScopeError):
        added(details(), foreign)
    with pytest.raises(OutOfScopeError):
        get_activity(foreign, receipt.object_id)
    with pytest.raises(OutOfScopeError):
        delete_activity(foreign, receipt.object_id)


def test_the_same_form_sent_twice_makes_one_activity():
    scope = WardScope.everywhere(AccountFactory().id)
    first = added(details(), scope, request_key="the-same-key-16-chars")

    with pytest.raises(AlreadyDoneError) as again:
        added(details(), scope, request_key="the-same-key-16-chars")

    assert again.value.object_id == first.object_id


def test_a_correction_changes_turns_groups_and_marks():
    receipt = added(
        details(
            tag_ids=frozenset({tag("digital_market")}),
            attended=Attendance(turns=9, group_turns={group("elderly"): 4, group("woman"): 2}),
        )
    )

    edit(
        receipt,
        details(attended=Attendance(turns=10, group_turns={group("elderly"): 6})),
    )

    shown = activity(receipt)
    assert (shown.turns, shown.tags) == (10, ())
    assert [(each.group_id, each.turns) for each in shown.group_turns] == [(group("elderly"), 6)]


def test_who_edits_an_older_copy_is_told_also_where_only_a_part_changed():
    mentor, receipt = MentorFactory(), added(details())
    seen = activity(receipt).edition
    edit(receipt, details(mentor_ids=frozenset({mentor.id})))

    with pytest.raises(EditConflictError):
        edit_activity(EVERYWHERE, receipt.object_id, details(topic="Khác"), seen_edition=seen)


def test_what_is_entered_late_counts_in_the_next_period():
    close_third_quarter()

    shown = activity(added(details()))

    assert (shown.period_code, shown.is_late) == ("2026-Q4", True)


def test_what_a_closed_report_counts_is_neither_changed_nor_deleted():
    receipt = added(details())
    assert close_stored_period(receipt) == "2026-Q3"

    with pytest.raises(PeriodClosedError):
        edit(receipt, details(tag_ids=frozenset({tag("digital_market")})))
    with pytest.raises(PeriodClosedError):
        delete_activity(EVERYWHERE, receipt.object_id)


def test_a_correction_of_parts_alone_stays_once_the_report_is_closed():
    receipt = added(details(attended=Attendance(turns=9, group_turns={group("elderly"): 4})))
    counted = replace(details(), attended=Attendance(turns=9, group_turns={group("elderly"): 6}))
    recounted = edit(receipt, counted)
    marked = edit(receipt, replace(counted, tag_ids=frozenset({tag("digital_market")})))
    close_stored_period(receipt)
    before = activity(receipt)

    for correction in (marked, recounted):
        with pytest.raises(PeriodClosedError):
            undo_batch(EVERYWHERE, correction.batch_id)
        db.session.rollback()

    assert activity(receipt) == before


def test_a_planned_activity_of_a_closed_period_is_confirmed_into_the_next():
    receipt = added(planned())
    close_third_quarter()

    confirm_activity(EVERYWHERE, receipt.object_id, Attendance(turns=8))

    assert activity(receipt).period_code == "2026-Q4"


def test_a_deletion_takes_all_parts_along_and_undo_brings_them_back():
    mentor = MentorFactory()
    receipt = added(
        details(
            mentor_ids=frozenset({mentor.id}),
            attended=Attendance(turns=9, group_turns={group("elderly"): 4}),
        )
    )
    before = activity(receipt)

    deletion = delete_activity(EVERYWHERE, receipt.object_id)

    with pytest.raises(OutOfScopeError):
        activity(receipt)
    assert db.session.query(ActivityTurns).count() == 0
    undo_batch(EVERYWHERE, deletion.batch_id)
    assert activity(receipt)._replace(edition=0) == before._replace(edition=0)


def test_a_confirmation_can_be_taken_back():
    receipt = added(planned())
    confirmation = confirm_activity(
        EVERYWHERE, receipt.object_id, Attendance(turns=8, group_turns={group("farmer"): 3})
    )

    undo_batch(EVERYWHERE, confirmation.batch_id)

    shown = activity(receipt)
    assert (shown.is_held, shown.turns, shown.period_code) == (False, None, None)
    assert shown.group_turns == ()


def test_all_of_it_stands_in_the_change_log():
    receipt = added(details(attended=Attendance(turns=9, group_turns={group("elderly"): 4})))

    logged = db.session.query(Change.object_kind).filter_by(batch_id=receipt.batch_id)
    assert {kind for (kind,) in logged} == {"activities", "activity_turns"}
