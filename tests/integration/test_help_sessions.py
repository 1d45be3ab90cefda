"""Help sessions: logged with who, where and which report; corrected, deleted, put back."""

from collections.abc import Iterator
from datetime import date, time

import pytest
import time_machine
from sqlalchemy import select

from app.access.scope import WardScope
from app.errors import (
    AlreadyDoneError,
    EditConflictError,
    OutOfScopeError,
    PeriodClosedError,
    SessionHandedOnError,
)
from app.queries.desk_choices import KeptEntries, find_habit, get_desk_choices
from app.queries.help_sessions import (
    DayCounts,
    count_day,
    describe_logged,
    get_session_detail,
    get_session_edition,
    list_day_sessions,
)
from app.services.delete_session import delete_session
from app.services.edit_session import edit_session
from app.services.log_session import log_session
from app.services.undo_batch import undo_batch
from models import HelpSession, HelpSessionGroup, Language, TargetGroup, db
from models.enums import HelpMode
from tests.factories.base import any_ward
from tests.factories.desk import (
    DAY,
    close_third_quarter,
    link_to_post,
    procedure,
    session_details,
    staff,
)
from tests.factories.network import HandoffFactory, HelpSessionFactory, SupportPostFactory

pytestmark = pytest.mark.usefixtures("flask_app")

AT_NINE = "2026-08-31 09:05:42+07:00"


@pytest.fixture
def retired_procedure() -> Iterator[int]:
    """A procedure that the office no longer offers; catalogues outlive a test, so it comes back."""
    retired = procedure("passport")
    retired.is_active = False
    db.session.commit()
    yield retired.id
    db.session.rollback()
    procedure("passport").is_active = True
    db.session.commit()


def stored() -> list[HelpSession]:
    return list(db.session.scalars(select(HelpSession).order_by(HelpSession.id)))


def group_ids(*codes: str) -> frozenset[int]:
    return frozenset(db.session.scalars(select(TargetGroup.id).where(TargetGroup.code.in_(codes))))


@time_machine.travel(AT_NINE, tick=False)
def test_a_session_knows_its_ward_its_hour_and_the_post_of_who_entered_it() -> None:
    account, scope = staff()
    post = SupportPostFactory()
    link_to_post(account, post)
    post_id, ward_id, account_id = post.id, any_ward().id, account.id

    log_session(scope, ward_id, session_details())

    session = stored()[0]
    assert (session.ward_id, session.entered_by_id) == (ward_id, account_id)
    assert (session.support_post_id, session.service_time) == (post_id, time(9, 5))
    assert session.reported_in.code == "2026-Q3"


@time_machine.travel("2026-09-02 09:05+07:00", tick=False)
def test_what_is_entered_later_has_no_hour_and_no_post_that_was_not_held_then() -> None:
    account, scope = staff()
    link_to_post(account, SupportPostFactory(started_on=date(2026, 9, 1)))

    log_session(scope, any_ward().id, session_details())

    assert (stored()[0].service_time, stored()[0].support_post_id) == (None, None)


def test_what_comes_late_for_a_closed_report_counts_in_the_next() -> None:
    _account, scope = staff()
    close_third_quarter()

    receipt = log_session(scope, any_ward().id, session_details())

    logged = describe_logged(scope, receipt.object_id)
    assert logged is not None
    assert (logged.service_date, logged.period_code, logged.is_late) == (DAY, "2026-Q4", True)


def test_the_number_of_a_session_counts_those_of_its_ward_and_day_so_far() -> None:
    _account, scope = staff()
    HelpSessionFactory.create_batch(2, service_date=DAY)
    HelpSessionFactory(service_date=DAY, ward=any_ward("23575"))
    HelpSessionFactory(service_date=date(2026, 8, 30))

    receipt = log_session(scope, any_ward().id, session_details())
    HelpSessionFactory(service_date=DAY)

    logged = describe_logged(scope, receipt.object_id)
    assert logged is not None
    assert logged.number_on_day == 3


def test_the_same_form_makes_one_session() -> None:
    _account, scope = staff()
    key = "a-key-of-one-form"
    log_session(scope, any_ward().id, session_details(), request_key=key)

    with pytest.raises(AlreadyDoneError):
        log_session(scope, any_ward().id, session_details(), request_key=key)

    assert len(stored()) == 1


def test_nobody_logs_for_the_desk_of_another_ward() -> None:
    _account, scope = staff()

    with pytest.raises(OutOfScopeError):
        log_session(scope, any_ward("23575").id, session_details())


def test_a_session_can_be_corrected_with_its_groups() -> None:
    _account, scope = staff()
    first = session_details(group_ids=group_ids("elderly", "farmer"))
    session_id = log_session(scope, any_ward().id, first).object_id
    better = session_details(mode=HelpMode.SELF, group_ids=group_ids("farmer", "woman"))

    edition = get_session_edition(scope, session_id)
    edit_session(scope, session_id, better, seen_edition=edition)

    detail = get_session_detail(scope, session_id)
    assert (detail.mode, frozenset(detail.group_ids)) == (HelpMode.SELF, better.group_ids)
    assert detail.edition > edition


def test_who_corrects_an_older_version_is_told() -> None:
    _account, scope = staff()
    session_id = log_session(scope, any_ward().id, session_details()).object_id
    edition = get_session_edition(scope, session_id)
    only_groups = session_details(group_ids=group_ids("elderly"))
    edit_session(scope, session_id, only_groups, seen_edition=edition)

    with pytest.raises(EditConflictError):
        edit_session(scope, session_id, session_details(minutes=5), seen_edition=edition)

    assert stored()[0].minutes is None


def test_undoing_a_correction_brings_the_former_answers_and_groups_back() -> None:
    _account, scope = staff()
    first = session_details(group_ids=group_ids("elderly"))
    session_id = log_session(scope, any_ward().id, first).object_id
    edited = edit_session(
        scope,
        session_id,
        session_details(mode=HelpMode.SELF, group_ids=group_ids("woman")),
        seen_edition=get_session_edition(scope, session_id),
    )

    undo_batch(scope, edited.batch_id)

    detail = get_session_detail(scope, session_id)
    assert (detail.mode, frozenset(detail.group_ids)) == (first.mode, first.group_ids)


def test_what_a_closed_report_counts_is_neither_corrected_nor_deleted() -> None:
    _account, scope = staff()
    session_id = log_session(scope, any_ward().id, session_details()).object_id
    edition = get_session_edition(scope, session_id)
    stored()[0].reported_in.closed_at = stored()[0].entered_at
    db.session.commit()
    other_day = session_details(service_date=date(2026, 9, 20))
    other_groups = session_details(group_ids=group_ids("elderly"))

    for changed in (other_day, other_groups):
        with pytest.raises(PeriodClosedError):
            edit_session(scope, session_id, changed, seen_edition=edition)
    with pytest.raises(PeriodClosedError):
        delete_session(scope, session_id)


def test_a_deleted_session_is_gone_and_can_be_put_back() -> None:
    _account, scope = staff()
    details = session_details(group_ids=group_ids("elderly"))
    session_id = log_session(scope, any_ward().id, details).object_id

    deleted = delete_session(scope, session_id)
    count_after = count_day(scope, DAY)
    undo_batch(scope, deleted.batch_id)

    assert count_after == DayCounts(0, 0)
    assert get_session_detail(scope, session_id).group_ids == tuple(details.group_ids)


def test_the_groups_of_a_deleted_session_go_with_it() -> None:
    _account, scope = staff()
    details = session_details(group_ids=group_ids("elderly"))
    session_id = log_session(scope, any_ward().id, details).object_id

    delete_session(scope, session_id)

    left = select(HelpSessionGroup.deleted_at).execution_options(include_deleted=True)
    assert [moment is None for moment in db.session.scalars(left)] == [False]


def test_a_session_from_which_somebody_was_handed_on_stays() -> None:
    _account, scope = staff()
    session_id = log_session(scope, any_ward().id, session_details()).object_id
    HandoffFactory(help_session=stored()[0])

    with pytest.raises(SessionHandedOnError):
        delete_session(scope, session_id)


def test_the_session_of_another_ward_does_not_exist() -> None:
    _account, scope = staff()
    foreign_id = HelpSessionFactory(ward=any_ward("23575")).id

    for reach in (
        lambda: get_session_detail(scope, foreign_id),
        lambda: edit_session(scope, foreign_id, session_details(), seen_edition=1),
        lambda: delete_session(scope, foreign_id),
    ):
        with pytest.raises(OutOfScopeError):
            reach()


def test_turns_and_people_of_a_day_are_two_figures() -> None:
    _account, scope = staff()
    HelpSessionFactory(service_date=DAY, is_first_this_year=True)
    HelpSessionFactory.create_batch(2, service_date=DAY)
    HelpSessionFactory(service_date=DAY, ward=any_ward("23575"))

    assert count_day(scope, DAY) == DayCounts(sessions=3, people=1)


def test_a_day_lists_the_latest_entry_first_and_says_who_was_handed_on() -> None:
    _account, scope = staff()
    first, second = HelpSessionFactory.create_batch(2, service_date=DAY)
    handoff_id = HandoffFactory(help_session=first).id
    expected = [(second.id, None), (first.id, handoff_id)]

    rows = list_day_sessions(scope, DAY, at_most=10)

    assert [(row.id, row.handed_on_id) for row in rows] == expected


def test_the_form_offers_first_what_the_account_and_then_its_ward_chose_most() -> None:
    account, scope = staff()
    passport, land, vneid = procedure("passport"), procedure("land"), procedure("vneid")
    HelpSessionFactory(service_date=DAY, procedure=passport, entered_by_id=account.id)
    HelpSessionFactory.create_batch(2, service_date=DAY, procedure=land)
    HelpSessionFactory.create_batch(3, service_date=date(2026, 5, 1), procedure=vneid)
    HelpSessionFactory.create_batch(3, procedure=vneid, ward=any_ward("23575"), service_date=DAY)
    first_shipped = procedure("certification").id
    expected = [passport.id, land.id, first_shipped]

    choices = get_desk_choices(scope, since=date(2026, 6, 1))

    assert [entry.id for entry in choices.procedures[:3]] == expected
    assert len(choices.procedures) == 16


def test_a_retired_entry_is_offered_only_to_the_session_that_has_it(retired_procedure: int) -> None:
    _account, scope = staff()
    retired_id = retired_procedure

    offered = get_desk_choices(scope, since=DAY).procedures
    kept = get_desk_choices(scope, since=DAY, kept=KeptEntries(procedure_id=retired_id)).procedures

    assert retired_id not in [entry.id for entry in offered]
    assert retired_id in [entry.id for entry in kept]


def test_a_new_entry_begins_with_the_ward_and_language_of_the_account_s_last() -> None:
    account, scope = staff()
    bahnar = db.session.query(Language).filter_by(code="bahnar").one()
    HelpSessionFactory(language=bahnar, entered_by_id=account.id)
    HelpSessionFactory()
    expected = (any_ward().id, bahnar.id)

    assert find_habit(scope) == expected
    assert find_habit(WardScope.of([any_ward("23575").id], account.id)) is None


def test_the_usual_language_is_that_of_most_of_the_last_five_sessions_then_the_latest() -> None:
    account, scope = staff()
    viet, jrai, bahnar = (
        db.session.query(Language).filter_by(code=code).one() for code in ("vi", "jrai", "bahnar")
    )
    habits = []
    for language in (viet, viet, viet, jrai, jrai, bahnar, bahnar):
        HelpSessionFactory(language=language, entered_by_id=account.id)
        habit = find_habit(scope)
        assert habit is not None
        habits.append(habit.language_id)

    assert habits == [viet.id, viet.id, viet.id, viet.id, viet.id, jrai.id, bahnar.id]
