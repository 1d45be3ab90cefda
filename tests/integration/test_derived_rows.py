"""Tallies of the desks: in step with the help sessions whoever writes, and checked by counting."""

from contextlib import suppress
from datetime import date
from random import Random

import pytest
from sqlalchemy import select, text

from app.access.scope import WardScope
from app.errors import LaterChangeError, OutOfScopeError
from app.queries.help_sessions import get_session_edition
from app.services.check_site import check_site
from app.services.delete_session import delete_session
from app.services.derived_rows import fill_tallies
from app.services.edit_session import edit_session
from app.services.log_session import log_session
from app.services.session_writing import SessionDetails
from app.services.transaction import Receipt
from app.services.undo_batch import undo_batch
from models import DeskDay, DeskTopic, Obstacle, db
from models.enums import HelpMode, TopicKind
from tests.factories.base import any_ward
from tests.factories.desk import DAY, procedure, session_details, staff
from tests.factories.network import HelpSessionFactory, PersonFactory
from tests.factories.site import RandomSite

pytestmark = pytest.mark.usefixtures("flask_app")

EVERYWHERE = WardScope.everywhere()
AUGUST, SEPTEMBER = date(2026, 8, 1), date(2026, 9, 1)


def test_a_session_is_counted_in_its_day_and_under_what_it_was_about():
    _, scope = staff()
    ward_id, obstacle_id = any_ward().id, some_obstacle()
    birth = procedure("birth").id

    log_session(scope, ward_id, session_details(obstacle_id=obstacle_id))
    log_session(scope, ward_id, session_details(procedure_id=birth, is_first_this_year=False))

    assert days() == [(ward_id, DAY, HelpMode.TOGETHER, 2, 1)]
    assert topics() == [
        (ward_id, AUGUST, TopicKind.OBSTACLE, obstacle_id, 1),
        (ward_id, AUGUST, TopicKind.PROCEDURE, birth, 1),
        (ward_id, AUGUST, TopicKind.PROCEDURE, procedure().id, 1),
    ]


def test_a_corrected_session_leaves_where_it_was_counted_before():
    _, scope = staff()
    ward_id, obstacle_id = any_ward().id, some_obstacle()
    details = session_details(obstacle_id=obstacle_id)
    session_id = log_session(scope, ward_id, details).object_id
    corrected = session_details(service_date=SEPTEMBER, mode=HelpMode.SELF)

    edit_session(scope, session_id, corrected, seen_edition=get_session_edition(scope, session_id))

    assert days() == [(ward_id, SEPTEMBER, HelpMode.SELF, 1, 1)]
    assert topics() == [(ward_id, SEPTEMBER, TopicKind.PROCEDURE, procedure().id, 1)]


def test_a_deleted_session_is_not_counted_and_counted_again_when_that_is_taken_back():
    _, scope = staff()
    log_session(scope, any_ward().id, session_details())
    session_id = log_session(scope, any_ward().id, session_details()).object_id
    before = (days(), topics())

    deleted = delete_session(scope, session_id)
    without = [row[-2:] for row in days()]
    undo_batch(scope, deleted.batch_id)

    assert without == [(1, 1)]
    assert (days(), topics()) == before


def test_a_session_taken_back_leaves_no_row_behind():
    _, scope = staff()

    undo_batch(scope, log_session(scope, any_ward().id, session_details()).batch_id)

    assert (days(), topics()) == ([], [])


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_is_done_to_sessions_the_tallies_stay_what_counting_gives(seed):
    chance = Random(seed)  # noqa: S311  # reproducible, no secret
    _, scope = staff()
    receipts, ids = [], []
    for _ in range(30):
        action = chance.choice(["log", "log", "edit", "delete", "undo"] if ids else ["log"])
        if action == "log":
            receipts.append(log_session(scope, any_ward().id, some_details(chance)))
            ids.append(receipts[-1].object_id)
        elif action == "undo" and receipts:
            with suppress(LaterChangeError):
                undo_batch(scope, receipts.pop(chance.randrange(len(receipts))).batch_id)
        else:
            with suppress(OutOfScopeError):  # taken back or deleted before
                receipts.append(change_session(scope, chance.choice(ids), action, chance))

    kept = (days(), topics())
    fill_tallies(db.session())

    assert kept == (days(), topics())


def test_rows_written_past_a_transaction_are_counted_too():
    session = HelpSessionFactory(is_first_this_year=True)
    session.ward_id = any_ward("23764").id
    session.procedure = procedure("birth")
    db.session.commit()

    assert days() == [(any_ward("23764").id, date(2026, 3, 1), HelpMode.TOGETHER, 1, 1)]
    assert [row[3:] for row in topics()] == [(procedure("birth").id, 1)]


def test_a_row_that_is_really_deleted_is_counted_no_more():
    session = HelpSessionFactory()

    db.session.delete(session)
    db.session.commit()

    assert (days(), topics()) == ([], [])


@pytest.mark.parametrize("seed", [1, 2])
def test_a_whole_site_passes_the_check_and_counting_all_anew_changes_nothing(seed):
    RandomSite(seed).fill()
    before = (days(), topics())

    problems = check_site(EVERYWHERE)
    fill_tallies(db.session())

    assert problems == []
    assert len(before[0]) > 1
    assert (days(), topics()) == before


@pytest.mark.parametrize(
    ("statement", "rows", "table"),
    [
        ("UPDATE desk_days SET people = people + 1", 1, "desk_days"),
        ("DELETE FROM desk_topics WHERE kind = 'obstacle'", 1, "desk_topics"),
        ("UPDATE desk_topics SET month = '2026-07-01'", 4, "desk_topics"),
    ],
)
def test_the_check_names_the_tally_that_is_not_what_counting_gives(statement, rows, table):
    HelpSessionFactory(obstacle_id=some_obstacle())
    tamper(statement)

    problems = check_site(EVERYWHERE)

    assert len(problems) == 1
    assert f"Bảng {table}: {rows} dòng khác" in problems[0]


def test_the_check_sees_names_that_the_index_does_not_know():
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has no index to keep")
    PersonFactory(full_name="Siu Phen")
    tamper("DROP TRIGGER person_names_update")
    tamper("UPDATE persons SET search_text = 'siu blo'")

    assert check_site(EVERYWHERE) == [
        "Thiếu ràng buộc person_names_update.",
        "Chỉ mục tìm tên không khớp với tên đã ghi.",
    ]


def days() -> list[tuple[object, ...]]:
    columns = DeskDay.__table__.columns
    return [tuple(row) for row in db.session.execute(select(*columns).order_by(*columns))]


def topics() -> list[tuple[object, ...]]:
    columns = DeskTopic.__table__.columns
    return [tuple(row) for row in db.session.execute(select(*columns).order_by(*columns))]


def some_details(chance: Random) -> SessionDetails:
    return session_details(
        service_date=chance.choice([DAY, SEPTEMBER]),
        mode=chance.choice([HelpMode.SELF, HelpMode.TOGETHER]),
        procedure_id=procedure(chance.choice(["birth", "residence"])).id,
        obstacle_id=chance.choice([None, some_obstacle()]),
        is_first_this_year=chance.choice([True, False]),
    )


def change_session(scope: WardScope, session_id: int, action: str, chance: Random) -> Receipt:
    edition = get_session_edition(scope, session_id)
    if action == "edit":
        return edit_session(scope, session_id, some_details(chance), seen_edition=edition)
    return delete_session(scope, session_id)


def some_obstacle() -> int:
    return db.session.scalars(select(Obstacle.id).order_by(Obstacle.id)).first()


def tamper(statement: str) -> None:
    """Change rows as no part of the program does."""
    with db.engine.begin() as connection:
        connection.execute(text(statement))
