"""Rows that are read past the ORM are those that it would read."""

import pytest
from sqlalchemy import bindparam, select

from app import clock
from app.queries.kept_statements import kept_statement, read_rows
from models import Mentor, Person, db
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
