"""Two people who write the same thing at the same moment: one row, and nobody sees a fault.

The rival's row is written just before the statement under test, after the service has looked.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, event, insert, select

from app import clock
from app.access.scope import WardScope
from app.errors import AlreadyDoneError, RepeatedRowError
from app.services.person_writing import find_or_make_hamlet
from app.services.reporting_periods import period_counting
from app.services.transaction import transaction
from models import Batch, Hamlet, Person, ReportingPeriod, RequestKey, db
from models.enums import BatchState, Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward

pytestmark = pytest.mark.usefixtures("flask_app")
KEY = "a-key-of-one-form"


@contextmanager
def rival_before(table: str, write: Callable[[Connection], object]) -> Iterator[None]:
    """Let somebody else write just before the first insert into a table."""
    waiting = [write]

    def step_in(connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        if waiting and statement.startswith(f"INSERT INTO {table} "):
            waiting.pop()(connection)

    event.listen(db.engine, "before_cursor_execute", step_in)
    try:
        yield
    finally:
        event.remove(db.engine, "before_cursor_execute", step_in)
    assert waiting == []


def leader_scope() -> WardScope:
    return WardScope.of([any_ward().id], account_with(Role.WARD_LEADER).id)


def hamlet_values(ward_id: int) -> dict[str, Any]:
    return {
        "ward_id": ward_id,
        "name": "Làng Pốt",
        "search_text": "lang pot",
        "entered_at": clock.now(),
        "version": 1,
    }


def test_a_hamlet_that_somebody_names_at_the_same_moment_is_used() -> None:
    scope, ward_id = leader_scope(), any_ward().id

    with (
        rival_before(
            "hamlets", lambda other: other.execute(insert(Hamlet), hamlet_values(ward_id))
        ),
        transaction(scope, "person_edited"),
    ):
        hamlet_id = find_or_make_hamlet(scope, ward_id, "làng  pốt")

    assert db.session.scalars(select(Hamlet.id)).all() == [hamlet_id]


def test_a_period_that_somebody_begins_at_the_same_moment_counts() -> None:
    values = {
        "code": "2026-Q3",
        "started_on": date(2026, 6, 15),
        "ended_on": date(2026, 9, 15),
        "version": 1,
    }

    with (
        rival_before(
            "reporting_periods", lambda other: other.execute(insert(ReportingPeriod), values)
        ),
        transaction(WardScope.everywhere(), "contact_logged"),
    ):
        period_id = period_counting(date(2026, 7, 1))

    assert db.session.scalars(select(ReportingPeriod.id)).all() == [period_id]


def test_a_form_sent_twice_at_once_answers_like_the_first_time() -> None:
    scope = leader_scope()

    def save_first(other: Connection) -> None:
        values = {
            "kind": "mentee_registered",
            "state": BatchState.DONE,
            "account_id": scope.account_id,
            "object_id": 77,
            "done_at": clock.now(),
        }
        batch_id = other.execute(insert(Batch).values(values).returning(Batch.id)).scalar_one()
        key = {"account_id": scope.account_id, "key": KEY, "batch_id": batch_id}
        other.execute(insert(RequestKey), key)

    with (
        pytest.raises(AlreadyDoneError) as repeat,
        rival_before("request_keys", save_first),
        transaction(scope, "mentee_registered", request_key=KEY),
    ):
        db.session.add(Person(full_name="Trần Thị Bé"))

    assert repeat.value.object_id == 77
    assert db.session.scalars(select(Person)).all() == []


def test_a_second_row_of_which_there_is_one_is_refused_in_words() -> None:
    scope, ward_id = leader_scope(), any_ward().id

    with pytest.raises(RepeatedRowError), transaction(scope, "person_edited"):
        db.session.add_all(
            [Hamlet(ward_id=ward_id, name="Làng Pốt"), Hamlet(ward_id=ward_id, name="Làng Pôt")]
        )

    assert db.session.scalars(select(Hamlet)).all() == []
