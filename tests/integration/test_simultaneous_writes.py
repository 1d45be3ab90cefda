"""Two people who act at the same moment: the second one is told what the first one did."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select

from app.access.scope import WardScope
from app.errors import (
    DraftClosedError,
    GrantOverlapError,
    LastAdministratorError,
    LikelySamePersonError,
    LinkExpiredError,
    NetworkChangedError,
    RuleBrokenError,
    SpellEndedError,
)
from app.queries.spells import SpellKey
from app.services.account_rows import GrantTerms
from app.services.change_grants import add_grant
from app.services.compute_draft import compute_draft
from app.services.disable_account import disable_account
from app.services.end_spell import end_spell
from app.services.issue_link import issue_link
from app.services.make_draft import make_draft
from app.services.person_writing import ConsentDetails, PersonDetails
from app.services.publish_draft import publish_draft
from app.services.register_person import Registration, register_person
from app.services.use_link import use_link
from graphs.planning.rows import Reach
from models import Account, EndReason, Grant, Mentorship, Person, SignIn, db
from models.enums import ConsentMethod, PersonRole, Role
from tests.factories.accounts import AccountFactory, account_with
from tests.factories.base import any_ward
from tests.factories.network import MenteeFactory, MentorFactory, MentorshipFactory

DAY = date(2026, 11, 20)
EVERYWHERE = WardScope.everywhere()


def at_once(flask_app: Flask, action: Callable[[], object], times: int = 4) -> list[str]:
    """Run an action in several threads at once; return what became of each, in order of name."""
    start = Barrier(times)

    def run(_number: int) -> str:
        with flask_app.app_context():
            start.wait()
            try:
                action()
            except RuleBrokenError as error:
                return type(error).__name__
            finally:
                db.session.remove()
            return "done"

    db.session.rollback()
    with ThreadPoolExecutor(times) as threads:
        return sorted(threads.map(run, range(times)))


def refused(error: type[RuleBrokenError], times: int = 3) -> list[str]:
    return sorted(["done", *[error.__name__] * times])


def test_somebody_registered_from_two_desks_is_one_person(flask_app: Flask) -> None:
    registration = Registration(
        role=PersonRole.MENTEE,
        ward_id=any_ward().id,
        person=PersonDetails(full_name="Rơ Châm H'Dih", birth_year=1980),
        consent=ConsentDetails(method=ConsentMethod.SPOKEN, given_on=DAY),
        started_on=DAY,
    )

    outcomes = at_once(flask_app, lambda: register_person(EVERYWHERE, registration))

    assert outcomes == refused(LikelySamePersonError)
    assert db.session.scalar(select(func.count(Person.id))) == 1


def test_a_role_given_by_two_administrators_is_given_once(flask_app: Flask) -> None:
    account_id = AccountFactory().id
    terms = GrantTerms(Role.PROVINCE, None, DAY)

    outcomes = at_once(flask_app, lambda: add_grant(EVERYWHERE, account_id, terms))

    assert outcomes == refused(GrantOverlapError)
    assert db.session.scalar(select(func.count(Grant.id))) == 1


def test_a_role_is_ended_once(flask_app: Flask) -> None:
    key = SpellKey(PersonRole.MENTEE, MenteeFactory(started_on=date(2026, 1, 5)).id)
    reason_id = db.session.scalar(select(EndReason.id).where(EndReason.for_mentee).limit(1)) or 0

    outcomes = at_once(flask_app, lambda: end_spell(EVERYWHERE, key, on=DAY, reason_id=reason_id))

    assert outcomes == refused(SpellEndedError)


def test_a_one_time_link_opened_in_several_tabs_sets_one_password(flask_app: Flask) -> None:
    token = issue_link(EVERYWHERE, AccountFactory().id).token

    outcomes = at_once(
        flask_app, lambda: use_link(token, password="con-trâu-đi-trước", device="test")
    )

    assert outcomes == refused(LinkExpiredError)
    assert db.session.scalar(select(func.count(SignIn.id))) == 1


def test_administrators_who_disable_each_other_leave_one(flask_app: Flask) -> None:
    administrators = [account_with(Role.ADMIN) for _number in range(4)]
    for account in administrators:
        account.password_hash = "set"  # whether there is one is what counts
    db.session.commit()
    ids = [account.id for account in administrators]

    outcomes = at_once(flask_app, lambda: disable_account(EVERYWHERE, ids.pop()))

    assert outcomes == sorted(["done"] * 3 + [LastAdministratorError.__name__])


def test_a_plan_published_from_several_tabs_comes_true_once(flask_app: Flask) -> None:
    scope, draft_id = plan_for_who_waits()

    outcomes = at_once(flask_app, lambda: publish_draft(scope, draft_id))

    assert outcomes == refused(DraftClosedError)
    assert db.session.scalar(select(func.count(Mentorship.id))) == 5


def test_of_plans_for_the_same_people_published_at_once_one_comes_true(flask_app: Flask) -> None:
    one, other = plan_for_who_waits(), worked_out(account_with(Role.PROVINCE))
    plans = [one, other]

    outcomes = at_once(flask_app, lambda: publish_draft(*plans.pop()), times=2)

    assert outcomes == refused(NetworkChangedError, times=1)
    assert db.session.scalar(select(func.count(Mentorship.id))) == 5


def plan_for_who_waits() -> tuple[WardScope, int]:
    """A mentor with four people, somebody who waits, and the province's plan for them."""
    mentor = MentorFactory(started_on=date(2026, 1, 5))
    for _number in range(4):
        mentee = MenteeFactory(started_on=date(2026, 1, 5))
        MentorshipFactory(mentor=mentor, mentee=mentee, started_on=date(2026, 1, 5))
    MenteeFactory(started_on=date(2026, 1, 5))
    return worked_out(account_with(Role.PROVINCE))


def worked_out(account: Account) -> tuple[WardScope, int]:
    scope = WardScope.everywhere(account.id)
    draft_id = make_draft(scope, ward_id=None, reach=Reach.BORDER)
    compute_draft(scope, draft_id)
    return scope, draft_id
