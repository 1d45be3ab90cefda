"""Answers that are kept hold as long as nothing is written that they are made of."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import event

from app.access.scope import WardScope
from app.desk import notices
from app.queries import completion, desk_choices, follow_ups, wards
from app.queries.follow_ups import CallCounts, count_due_calls
from app.queries.kept_answers import KeptAnswers
from app.services.answer_follow_up import answer_follow_up
from app.services.log_session import log_session
from app.services.session_writing import SessionDetails
from app.services.transaction import transaction
from models import Procedure, db
from models.enums import FollowUpAnswer, FollowUpOccasion, HelpMode, HelpResult
from tests.factories.base import any_ward
from tests.factories.network import (
    ConsentFactory,
    FollowUpFactory,
    MenteeFactory,
    SupportPostFactory,
    end_reason,
)

DAY = date(2026, 8, 31)
EVERYWHERE = WardScope.everywhere()
TABLE = re.compile(r"\b(?:FROM|JOIN) (\w+)")
# What tells in which state the database is.
VERSION = {"changes", "network_generations"}


@pytest.fixture
def on_the_day():
    with time_machine.travel("2026-08-31 09:05+07:00", tick=False):
        yield


@pytest.fixture
def statements(flask_app):
    """What is asked of the database from here on."""
    asked = []
    listen = (db.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    event.listen(*listen)
    yield asked
    event.remove(*listen)


def test_an_answer_outlives_changes_that_it_is_not_made_of(statements, on_the_day):
    learner = completed()
    assert count_due_calls(EVERYWHERE, EVERYWHERE, DAY) == CallCounts(1, 0)
    log_a_session()
    statements.clear()

    assert count_due_calls(EVERYWHERE, EVERYWHERE, DAY) == CallCounts(1, 0)

    assert tables(statements) <= VERSION
    answer_follow_up(EVERYWHERE, EVERYWHERE, learner.id, FollowUpAnswer.STILL_ABLE)
    assert count_due_calls(EVERYWHERE, EVERYWHERE, DAY) == CallCounts(0, 0)


def test_a_page_that_asks_for_several_kept_things_looks_once(statements, on_the_day):
    count_due_calls(EVERYWHERE, EVERYWHERE, DAY)
    wards.list_wards(EVERYWHERE)
    db.session.rollback()
    statements.clear()

    count_due_calls(EVERYWHERE, EVERYWHERE, DAY)
    wards.list_wards(EVERYWHERE)

    looks = [tables([asked]) for asked in statements if asked.startswith("SELECT")]
    # A transaction of PostgreSQL sees what others write meanwhile, and has to look again.
    assert looks == [VERSION] * (1 if db.engine.dialect.name == "sqlite" else 2)


def test_what_was_written_past_the_log_is_seen_in_the_same_transaction(flask_app, on_the_day):
    learner = completed()
    assert count_due_calls(EVERYWHERE, EVERYWHERE, DAY).due == 1

    FollowUpFactory(
        mentee=learner, occasion=FollowUpOccasion.COMPLETED, answer=FollowUpAnswer.STILL_ABLE
    )

    assert count_due_calls(EVERYWHERE, EVERYWHERE, DAY).due == 0


def test_within_a_unit_of_work_nothing_kept_is_told(flask_app):
    kept = KeptAnswers(8)
    answers = iter(range(9))
    assert kept.answer("question", lambda: next(answers)) == 0

    with transaction(EVERYWHERE, "session_logged"):
        inside = kept.answer("question", lambda: next(answers))

    assert (inside, kept.answer("question", lambda: next(answers))) == (1, 0)


@pytest.mark.parametrize(
    ("kept", "ask"),
    [
        (follow_ups.KEPT, lambda: count_due_calls(EVERYWHERE, EVERYWHERE, DAY)),
        (completion.KEPT, lambda: completion.count_ready(EVERYWHERE, DAY)),
        (notices.KEPT, lambda: notices.desk_notices(EVERYWHERE, [DAY])),
        (wards.KEPT, lambda: wards.list_wards(EVERYWHERE)),
        (desk_choices.KEPT, lambda: desk_choices._entries(desk_choices.Language, [])),
    ],
)
def test_each_kept_answer_names_the_tables_that_it_is_made_of(statements, kept, ask):
    SupportPostFactory()
    statements.clear()

    ask()

    assert VERSION < tables(statements) <= VERSION | set(kept.kinds)


def tables(statements) -> set[str]:
    return {name for asked in statements for name in TABLE.findall(asked)} - {"pragma"}


def completed():
    ended_on = DAY - timedelta(days=20)
    learner = MenteeFactory(
        started_on=ended_on - timedelta(days=60),
        ended_on=ended_on,
        end_reason=end_reason("completed"),
    )
    ConsentFactory(person=learner.person)
    return learner


def log_a_session():
    ward = any_ward("21553")
    details = SessionDetails(
        procedure_id=db.session.query(Procedure.id).first().id,
        mode=HelpMode.TOGETHER,
        result=HelpResult.DONE,
        is_first_this_year=True,
        service_date=DAY,
    )
    log_session(EVERYWHERE, ward.id, details)
