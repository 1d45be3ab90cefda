"""What the database itself refuses, whoever writes, and that every migration leaves it so."""

import json
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import insert, inspect, select, text
from sqlalchemy import update as update_row
from sqlalchemy.exc import IntegrityError

from app.access.scope import WardScope
from app.exchange.records import Problem, RosterRole, RosterRow, Severity
from app.extensions import migrate
from app.roster.staging import unpack_file
from app.services.check_site import first_broken_link
from models import db
from models.enums import Role
from models.name_index import NAME_TRIGGERS, is_of_models
from models.overlap import NO_OVERLAPS
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    DutyHolidayFactory,
    DutyLeaveFactory,
    DutyPatternFactory,
    DutyTurnFactory,
    HelpSessionFactory,
    MenteeFactory,
    MentorCapacityFactory,
    MentorFactory,
    MentorshipFactory,
    PauseFactory,
    PersonFactory,
    SupportPostFactory,
    end_reason,
)

pytestmark = pytest.mark.usefixtures("flask_app")
IA_GRAI = "23764"
BEFORE, START, FEBRUARY, MARCH = (date(2026, *day) for day in ((1, 1), (1, 5), (2, 1), (3, 1)))
MOMENT = datetime(2026, 3, 2, 5, tzinfo=UTC)
# Of the first row of a log, on person 7, as it was computed before rows told of several objects.
FIRST_ROW = '["","2026-03-02T05:00:00.000000+00:00",null,1,"persons",7,"created"]'
FIRST_DIGEST = sha256(FIRST_ROW.encode()).hexdigest()
KEPT_ROWS = """
SELECT id, sheet, row_number, outcome, CAST("values" AS text), message FROM roster_import_rows
ORDER BY id
"""
SPELLS = [MentorFactory, MenteeFactory, SupportPostFactory]


@pytest.mark.parametrize("factory", SPELLS)
def test_a_person_has_a_role_of_a_ward_once_on_a_day(factory):
    first = factory(started_on=START)
    table = first.__tablename__

    with pytest.raises(IntegrityError):
        add_copy(table, first.id, started_on=MARCH)
    with pytest.raises(IntegrityError):
        add_copy(table, first.id, started_on=BEFORE, ended_on=FEBRUARY)


@pytest.mark.parametrize("factory", SPELLS)
def test_a_spell_may_begin_on_the_day_another_ends_and_cannot_be_stretched_over_it(factory):
    first = factory(started_on=START, ended_on=MARCH)
    table = first.__tablename__

    add_copy(table, first.id, started_on=MARCH, ended_on=None)

    with pytest.raises(IntegrityError):
        change(table, first.id, ended_on=None)
    with pytest.raises(IntegrityError):
        change(table, first.id, ended_on=date(2026, 3, 2))


def test_only_at_the_desk_may_somebody_serve_two_wards_at_a_time():
    mentor, mentee, post = MentorFactory(), MenteeFactory(), SupportPostFactory()
    other_ward = any_ward(IA_GRAI).id

    add_copy("support_posts", post.id, ward_id=other_ward)

    with pytest.raises(IntegrityError):
        add_copy("mentors", mentor.id, ward_id=other_ward)
    with pytest.raises(IntegrityError):
        add_copy("mentees", mentee.id, ward_id=other_ward)


def test_a_mentee_has_one_mentor_at_a_time():
    first = MentorshipFactory(
        started_on=START, ended_on=MARCH, end_reason=end_reason("mentor_changed")
    )
    other_mentor = MentorFactory().id

    add_copy("mentorships", first.id, mentor_id=other_mentor, started_on=MARCH, ended_on=None)

    with pytest.raises(IntegrityError):
        add_copy("mentorships", first.id, started_on=FEBRUARY)
    with pytest.raises(IntegrityError):
        execute("UPDATE mentorships SET ended_on = NULL WHERE started_on = :day", day=START)


@pytest.mark.parametrize(
    ("spell", "factory"),
    [
        ("mentor_id", MentorFactory),
        ("mentee_id", MenteeFactory),
        ("support_post_id", SupportPostFactory),
    ],
)
def test_a_spell_is_paused_once_at_a_time_and_others_may_be_too(spell, factory):
    first = PauseFactory(**{spell: factory().id})
    somebody_else = factory(person=PersonFactory()).id

    add_copy("pauses", first.id, **{spell: somebody_else})
    add_copy("pauses", first.id, started_on=first.ended_on, ended_on=date(2026, 4, 1))

    with pytest.raises(IntegrityError):
        add_copy("pauses", first.id)


def test_a_half_day_of_the_week_is_in_the_pattern_of_a_post_once_at_a_time():
    first = DutyPatternFactory(started_on=START, ended_on=MARCH)

    add_copy("duty_patterns", first.id, week_half=1)
    add_copy("duty_patterns", first.id, started_on=MARCH, ended_on=None)

    with pytest.raises(IntegrityError):
        add_copy("duty_patterns", first.id, started_on=FEBRUARY)


def test_what_was_deleted_stands_in_nobodys_way_but_comes_back_only_where_there_is_room():
    first = MentorFactory()
    execute("UPDATE mentors SET deleted_at = entered_at")

    add_copy("mentors", first.id, deleted_at=None)

    with pytest.raises(IntegrityError):
        execute("UPDATE mentors SET deleted_at = NULL")


@pytest.mark.parametrize("factory", [*SPELLS, MentorshipFactory])
@pytest.mark.parametrize("ended_on", [START, BEFORE])
def test_a_spell_lasts_at_least_a_day(factory, ended_on):
    spell = factory(started_on=START)

    with pytest.raises(IntegrityError):
        change(spell.__tablename__, spell.id, ended_on=ended_on, end_reason_id=1)


@pytest.mark.parametrize(
    "update",
    [
        "mentorships SET ended_on = '2026-03-01'",
        "mentorships SET continues_id = id",
        "mentor_capacities SET capacity = 0",
        "mentor_capacities SET capacity = 201",
        "persons SET birth_year = 1899",
        "persons SET birth_year = 2101",
        "persons SET full_name = ''",
        "persons SET merged_into_id = id",
        "pauses SET ended_on = started_on",
        "pauses SET mentee_id = (SELECT min(id) FROM mentees)",
        "pauses SET mentor_id = NULL",
        "help_sessions SET mode = 'alone'",
        "help_sessions SET minutes = 0",
        "help_sessions SET ward_id = NULL",
        "duty_turns SET support_post_id = 999999",
        "duty_patterns SET week_half = 14",
        "duty_leaves SET ended_on = started_on",
        "duty_leaves SET substitute_post_id = support_post_id",
        "duty_holidays SET half_day = 'night'",
        "grants SET ward_id = NULL",
        "grants SET role = 'admin'",
        "accounts SET username = 'Bithu'",
        "wards SET code = '1' WHERE code = '21553'",
        "wards SET valid_to = valid_from WHERE code = '21553'",
    ],
)
def test_no_row_can_say_what_makes_no_sense(update):
    everything_once()

    with pytest.raises(IntegrityError):
        execute(f"UPDATE {update}")


@pytest.mark.parametrize(
    "table",
    [
        "mentor_capacities",
        "duty_turns",
        "duty_holidays",
        "hamlets",
        "request_keys",
        "settings",
        "accounts",
    ],
)
def test_what_stands_once_is_not_entered_twice(table):
    everything_once()

    with pytest.raises(IntegrityError):
        add_copy(table, 1)


def test_a_batch_is_undone_once():
    everything_once()
    add_copy("batches", 1, undoes_id=1)

    with pytest.raises(IntegrityError):
        add_copy("batches", 1, undoes_id=1)


def test_the_migrations_make_the_tables_that_the_models_describe():
    with db.engine.connect() as connection:
        options = {"compare_type": True, "include_name": is_of_models}
        context = MigrationContext.configure(connection, opts=options)
        differences = compare_metadata(context, db.metadata)

    assert differences == []


def test_every_migration_leaves_the_guards_against_overlaps(empty_app):
    revisions = ScriptDirectory.from_config(migrate.get_config()).walk_revisions()

    for revision in reversed(list(revisions)):
        upgrade(revision=revision.revision)

        assert overlap_guards() == wanted_guards(), revision.revision


def test_guards_that_a_change_of_a_table_dropped_are_there_after_the_next_upgrade(empty_app):
    upgrade()
    if db.engine.dialect.name == "sqlite":
        execute("DROP TRIGGER no_overlap_mentors_insert")

    upgrade()

    assert overlap_guards() == wanted_guards()


def test_a_filled_database_keeps_its_rows_through_the_migrations(empty_app):
    first, *_ = reversed(list(ScriptDirectory.from_config(migrate.get_config()).walk_revisions()))
    upgrade(revision=first.revision)
    execute(
        "INSERT INTO persons (full_name, search_text, sort_key, entered_at, version) "
        "VALUES ('Siu Phen', 'siu phen', '1', '2026-03-02', 1)"
    )

    upgrade()

    assert ask("SELECT full_name FROM persons") == ["Siu Phen"]


def test_a_filled_database_gets_its_tallies_and_its_index_of_names(empty_app):
    upgrade(revision="0002")
    fill_desk_and_names()

    upgrade()

    assert rows("SELECT service_date, mode, sessions, people FROM desk_days ORDER BY 1, 2") == [
        ("2026-02-27", "together", 2, 1),
        ("2026-03-02", "self", 1, 1),
    ]
    assert rows("SELECT month, kind, topic_id, sessions FROM desk_topics ORDER BY 1, 2") == [
        ("2026-02-01", "procedure", 2, 2),
        ("2026-03-01", "obstacle", 3, 1),
        ("2026-03-01", "procedure", 1, 1),
    ]
    assert len(ask("SELECT token FROM network_generations")) == 1
    if db.engine.dialect.name == "sqlite":
        found = "SELECT rowid FROM person_names WHERE person_names MATCH '\"phe\"*'"
        assert ask(found) == ask("SELECT id FROM persons WHERE full_name = 'Siu Phen'")


def test_a_log_without_runs_moves_to_the_form_that_has_them_and_back(empty_app, caplog):
    upgrade(revision="0005")
    log_person(7, digest=FIRST_DIGEST)

    upgrade(revision="0006")

    assert rows("SELECT object_id, object_count FROM changes") == [(7, 1)]
    assert first_broken_link(WardScope.everywhere()) is None
    db.session.rollback()
    execute("UPDATE changes SET object_count = 2")
    with pytest.raises(SystemExit):
        downgrade(revision="0005")
    assert "1 rows of the change log tell of several objects" in caplog.text
    execute("UPDATE changes SET object_count = 1")
    downgrade(revision="0005")
    assert rows("SELECT object_id, digest FROM changes") == [(7, FIRST_DIGEST)]


def test_the_kept_rows_of_a_file_move_into_parts_and_back(empty_app):
    upgrade(revision="0007")
    execute(
        "INSERT INTO roster_imports (id, file_name, file_digest, state, created_at) "
        "VALUES (1, 'a.xlsx', 'f', 'previewed', '2026-03-02')"
    )
    problem = ["Mentor", 3, "A", "Họ tên", "Thiếu họ và tên.", "error"]
    told = {"notes": ["Một ghi chú"], "problems": [], "places": {}, "counts": {}}
    said = {"full_name": "Siu Phen", "role": "mentor", "languages": ["Jrai"]}
    keep_row(1, "", 0, "pending", told)
    keep_row(2, "Mentor", 2, "created", {"fields": said, "read": [], "found": []})
    bad = {"fields": {"full_name": ""}, "read": [problem], "found": []}
    keep_row(3, "Mentor", 3, "rejected", bad, problem[4])
    before = rows(KEPT_ROWS)

    upgrade()

    file = unpack_file(ask("SELECT content FROM roster_import_parts ORDER BY id"))
    assert file.rows == (
        RosterRow("Siu Phen", RosterRole.MENTOR, languages=("Jrai",)),
        RosterRow(""),
    )
    assert [(row.sheet, row.row_number) for row in file.rows] == [("Mentor", 2), ("Mentor", 3)]
    assert file.problems == (Problem(*problem[:5], Severity.ERROR),)
    assert file.notes == ("Một ghi chú",)
    db.session.rollback()
    downgrade(revision="0007")
    assert rows(KEPT_ROWS) == before


def test_an_index_of_names_that_nobody_kept_is_made_anew_by_the_next_upgrade(empty_app):
    upgrade()
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has no index to keep")
    execute("DROP TRIGGER person_names_insert")
    fill_desk_and_names()

    upgrade()

    assert set(ask("SELECT name FROM sqlite_master WHERE type = 'trigger'")) >= set(NAME_TRIGGERS)
    assert len(ask("SELECT rowid FROM person_names WHERE person_names MATCH '\"siu\"'")) == 1


def log_person(person_id: int, *, digest: str) -> None:
    """Log by plain SQL that a person was made, by nobody, in a batch of its own."""
    execute(
        "INSERT INTO batches (id, kind, state, object_count, done_at) "
        "VALUES (1, 'mentee_registered', 'done', 1, :moment)",
        moment=MOMENT,
    )
    execute(
        "INSERT INTO changes (changed_at, batch_id, object_kind, object_id, action, digest) "
        "VALUES (:moment, 1, 'persons', :person, 'created', :digest)",
        moment=MOMENT,
        person=person_id,
        digest=digest,
    )


def fill_desk_and_names() -> None:
    """Record a person, and four help sessions of one ward (one of them deleted), by plain SQL."""
    execute(
        "INSERT INTO persons (full_name, search_text, sort_key, entered_at, version) "
        "VALUES ('Siu Phen', 'siu phen', '1', '2026-03-02', 1)"
    )
    execute(
        "INSERT INTO wards (code, name, kind, slug, search_text, province_code, latitude, "
        "longitude, area_km2, former_province, former_district, is_border_commune, is_coastal, "
        "is_island, valid_from) VALUES ('23764', 'Ia Grai', 'xã', 'ia-grai', 'ia grai', '52', 14, "
        "108, 1, 'Gia Lai', 'Ia Grai', FALSE, FALSE, FALSE, '2025-07-01')"
    )
    execute(
        "INSERT INTO reporting_periods (code, started_on, ended_on, version) "
        "VALUES ('2026-Q1', '2025-12-15', '2026-03-15', 1)"
    )
    for day, mode, procedure, obstacle, is_first, deleted in (
        ("2026-02-27", "together", 2, None, True, None),
        ("2026-02-27", "together", 2, None, False, None),
        ("2026-02-27", "together", 2, None, False, "2026-03-02"),
        ("2026-03-02", "self", 1, 3, True, None),
    ):
        execute(
            "INSERT INTO help_sessions (ward_id, service_date, mode, result, procedure_id, "
            "obstacle_id, is_first_this_year, reported_in_id, entered_at, version, deleted_at) "
            "SELECT min(wards.id), :day, :mode, 'done', :procedure, :obstacle, :is_first, "
            "min(reporting_periods.id), '2026-03-02', 1, :deleted FROM wards, reporting_periods",
            day=date.fromisoformat(day),
            mode=mode,
            procedure=procedure,
            obstacle=obstacle,
            is_first=is_first,
            deleted=deleted,
        )


def rows(statement: str) -> list[tuple[object, ...]]:
    """Return what SQL answers, with days as text on both databases."""
    with db.engine.connect() as connection:
        found = connection.execute(text(statement)).all()
    return [
        tuple(value.isoformat() if isinstance(value, date) else value for value in row)
        for row in found
    ]


def everything_once() -> None:
    """Record one row of each kind that the statements under test change."""
    mentorship = MentorshipFactory(mentor=MentorFactory())
    MentorCapacityFactory(mentor=mentorship.mentor)
    PauseFactory(mentor=mentorship.mentor)
    PersonFactory(hamlet=None)
    HelpSessionFactory()
    DutyTurnFactory()
    DutyPatternFactory()
    DutyLeaveFactory()
    DutyHolidayFactory()
    account = account_with(Role.WARD_LEADER, "21553")
    execute(
        "INSERT INTO hamlets (ward_id, name, search_text, entered_at, version) "
        "SELECT id, 'Làng Ốp', 'lang op', '2026-03-02', 1 FROM wards WHERE code = '21553'"
    )
    execute(
        "INSERT INTO batches (kind, state, object_count, done_at) "
        "VALUES ('person_edited', 'done', 0, '2026-03-02')"
    )
    execute(
        "INSERT INTO request_keys (account_id, key, batch_id) VALUES (:account, 'key', 1)",
        account=account.id,
    )
    execute(
        "INSERT INTO settings (key, value, effective_on, set_at) "
        "VALUES ('floor', '5', '2026-01-01', '2026-03-02')"
    )


def keep_row(
    row_id: int,
    sheet: str,
    number: int,
    outcome: str,
    values: dict[str, object],
    message: str | None = None,
) -> None:
    """Keep a row of the import 1 as it was kept before there were parts."""
    execute(
        "INSERT INTO roster_import_rows (id, roster_import_id, sheet, row_number, outcome, "
        '"values", message) VALUES (:id, 1, :sheet, :number, :outcome, :values, :message)',
        id=row_id,
        sheet=sheet,
        number=number,
        outcome=outcome,
        values=json.dumps(values),
        message=message,
    )


def execute(statement: str, **values: object) -> None:
    """Run SQL as a program would that knows nothing of the models."""
    with db.engine.begin() as connection:
        connection.execute(text(statement), values)


def add_copy(table: str, row_id: int, **changes: object) -> None:
    """Add a row like the one of that id, but for its own id and the changes."""
    columns = [column for column in db.metadata.tables[table].columns if column.name != "id"]
    with db.engine.begin() as connection:
        source = select(*(column.label(column.name) for column in columns))
        row = connection.execute(source.where(columns[0].table.c.id == row_id)).one()
        connection.execute(insert(columns[0].table).values({**row._mapping, **changes}))


def change(table: str, row_id: int, **changes: object) -> None:
    """Change the row of that id."""
    row = db.metadata.tables[table]
    with db.engine.begin() as connection:
        connection.execute(update_row(row).where(row.c.id == row_id).values(changes))


def ask(statement: str) -> list[object]:
    with db.engine.connect() as connection:
        return list(connection.scalars(text(statement)))


def overlap_guards() -> set[object]:
    """Return the names of triggers (SQLite) or constraints (PostgreSQL) against overlaps."""
    if db.engine.dialect.name == "sqlite":
        guards = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'no_overlap%'"
        return set(ask(guards))
    return set(ask("SELECT conname FROM pg_constraint WHERE contype = 'x'"))


def wanted_guards() -> set[str]:
    """Return the names of the guards of all tables that there are so far."""
    tables = inspect(db.engine).get_table_names()
    names = {rule.name for rule in NO_OVERLAPS if rule.table in tables}
    if db.engine.dialect.name == "sqlite":
        return {f"{name}_{event}" for name in names for event in ("insert", "update")}
    return names
