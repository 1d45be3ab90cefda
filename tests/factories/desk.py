"""What tests of the desk say again and again: a session as entered, and who enters it."""

from dataclasses import replace
from datetime import date
from typing import Any

from app import clock
from app.access.scope import WardScope
from app.services.session_writing import SessionDetails
from models import Account, AccountPerson, Procedure, ReportingPeriod, SupportPost, db
from models.enums import HelpMode, HelpResult, Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward

DAY = date(2026, 8, 31)


def staff(ward_code: str = "21553") -> tuple[Account, WardScope]:
    """Return a support account of a ward with its scope."""
    account = account_with(Role.SUPPORT, ward_code)
    return account, WardScope.of([any_ward(ward_code).id], account.id)


def procedure(code: str = "vneid") -> Procedure:
    """Return a shipped procedure by its code."""
    return db.session.query(Procedure).filter_by(code=code).one()


def session_details(**values: Any) -> SessionDetails:
    """Return a usual session of `DAY`, changed where the test says so."""
    usual = SessionDetails(
        procedure_id=procedure().id,
        mode=HelpMode.TOGETHER,
        result=HelpResult.DONE,
        is_first_this_year=True,
        service_date=DAY,
    )
    return replace(usual, **values)


def link_to_post(account: Account, post: SupportPost) -> None:
    """Say that the account belongs to the holder of a support post."""
    link = AccountPerson(account_id=account.id, person_id=post.person_id, entered_at=clock.now())
    db.session.add(link)
    db.session.commit()


def close_third_quarter() -> None:
    """Close the report that covers `DAY`."""
    db.session.add(
        ReportingPeriod(
            code="2026-Q3",
            started_on=date(2026, 6, 15),
            ended_on=date(2026, 9, 15),
            closed_at=clock.now(),
        )
    )
    db.session.commit()
