"""Rows that are read past the ORM are those that it would read."""

import pytest
from sqlalchemy import bindparam, select
from sqlalchemy.exc import StatementError

from app import clock
from app.access.scope import WardScope
from app.queries.kept_statements import kept_statement, read_rows, read_scoped
from models import Mentor, Person, db
from tests.factories.accounts import AccountFactory
from tests.factories.base import any_ward
from tests.factories.network import MentorFactory

pytestmark = pytest.mark.usefixtures("flask_app")


@kept_statement
def names_of(below: int):
    return (
        select(Mentor.id, Person.full_name)
        .join(Person, Person.id == Mentor.person_id)
        .where(Mentor.id.in_(bindparam("ids", expanding=True)), Mentor.id < below)
    )


def test_ids_are_bound_when_the_kept_statement_runs():
    first, second = MentorFactory(), MentorFactory()

    statement = names_of(10_000)

    assert read_rows(statement, ids=[first.id]) == [(first.id, first.person.full_name)]
    assert read_rows(statement, ids=[second.id]) == [(second.id, second.person.full_name)]
    assert read_rows(statement, ids=[]) == []
    assert names_of(10_000) is statement


def test_soft_deleted_rows_stay_out():
    mentor = MentorFactory()
    assert read_rows(names_of(10_000), ids=[mentor.id])

    mentor.deleted_at = clock.now()
    db.session.commit()

    assert read_rows(names_of(10_000), ids=[mentor.id]) == []


def test_what_was_changed_in_the_session_is_seen():
    mentor = MentorFactory()

    mentor.person.full_name = "Rơ Châm H'Lan"

    assert read_rows(names_of(10_000), ids=[mentor.id]) == [(mentor.id, "Rơ Châm H'Lan")]


@kept_statement
def mentors_of(scope: WardScope):
    return select(Mentor.id).where(scope.limit(Mentor.ward_id)).order_by(Mentor.id)


@kept_statement
def entered_in(scope: WardScope, names_in: WardScope):
    is_known = names_in.limit(Mentor.ward_id) | scope.is_reader(Mentor.entered_by_id)
    return select(Mentor.id).where(scope.limit(Mentor.ward_id), is_known)


def test_one_statement_serves_the_readers_of_all_wards():
    first, second = MentorFactory(), MentorFactory(ward=any_ward("23941"))
    mentors_of.cache_clear()

    def ids_in(scope: WardScope):
        return [row.id for row in read_scoped(scope, mentors_of)]

    assert ids_in(WardScope.of([first.ward_id], account_id=1)) == [first.id]
    assert ids_in(WardScope.of([second.ward_id], account_id=2)) == [second.id]
    assert ids_in(WardScope.of([first.ward_id, second.ward_id])) == [first.id, second.id]
    assert ids_in(WardScope.of([])) == []
    assert ids_in(WardScope.everywhere()) == [first.id, second.id]
    assert mentors_of.cache_info().misses == 2


def test_a_statement_about_two_scopes_tells_them_apart():
    account = AccountFactory()
    own = MentorFactory(entered_by_id=account.id)
    other = MentorFactory(ward=own.ward)
    names_in = WardScope.of([])
    named = names_in.parameters("named")

    def ids_in(scope: WardScope):
        return read_scoped(scope, entered_in, names_in.as_parameter("named"), **named)

    assert ids_in(WardScope.of([own.ward_id], account.id)) == [(own.id,)]
    assert ids_in(WardScope.of([own.ward_id], account.id + 1)) == []
    assert other.entered_by_id is None


def test_a_kept_statement_never_runs_without_its_scope():
    MentorFactory()
    any_wards = WardScope.of([1]).as_parameter()

    with pytest.raises(StatementError, match="scope_wards"):
        read_rows(mentors_of(any_wards))
    with pytest.raises(AttributeError):
        _ = any_wards.account_id
