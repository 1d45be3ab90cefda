"""Keep tallies of the desks, the names by the beginnings of their words, and a generation.

Reading a million help sessions, or every name, for one page takes too long; docs/architecture.md
says who keeps what.
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TOPICS = {"procedure": "procedure_id", "obstacle": "obstacle_id"}
MAKE_NAME_INDEX = """
CREATE VIRTUAL TABLE person_names USING fts5(
    search_text, content='persons', content_rowid='id', prefix='1 2 3', detail=none, columnsize=0,
    tokenize='unicode61 remove_diacritics 0 categories ''L* M* N* P* S* C*'''
)
"""
FILL_DAYS = """
INSERT INTO desk_days (ward_id, service_date, mode, sessions, people)
SELECT ward_id, service_date, mode, count(*), count(CASE WHEN is_first_this_year THEN 1 END)
FROM help_sessions
WHERE deleted_at IS NULL
GROUP BY ward_id, service_date, mode
"""
FILL_TOPICS = """
INSERT INTO desk_topics (ward_id, month, kind, topic_id, sessions)
SELECT ward_id, {month}, '{kind}', {column}, count(*)
FROM help_sessions
WHERE deleted_at IS NULL AND {column} IS NOT NULL
GROUP BY ward_id, {month}, {column}
"""


def upgrade() -> None:
    make_generation()
    make_tallies()
    change_indexes()
    fill_tallies()
    if is_sqlite():
        # `migrations/env.py` fills it and makes the triggers that keep it.
        op.execute(MAKE_NAME_INDEX)


def make_generation() -> None:
    generations = op.create_table(
        "network_generations",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_network_generations_only_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_generations")),
    )
    op.bulk_insert(generations, [{"id": 1, "token": secrets.token_hex(16)}])


def make_tallies() -> None:
    mode = sa.Enum("self", "together", "on_behalf", name="helpmode", native_enum=False, length=32)
    kind = sa.Enum("procedure", "obstacle", name="topickind", native_enum=False, length=32)
    op.create_table(
        "desk_days",
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("mode", mode, nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "mode IN ('self', 'together', 'on_behalf')", name=op.f("ck_desk_days_helpmode")
        ),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name=op.f("fk_desk_days_ward_id_wards")),
        sa.PrimaryKeyConstraint("ward_id", "service_date", "mode", name=op.f("pk_desk_days")),
    )
    op.create_index("ix_desk_days_day", "desk_days", ["service_date", "mode", "sessions", "people"])
    op.create_table(
        "desk_topics",
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("topic_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('procedure', 'obstacle')", name=op.f("ck_desk_topics_topickind")
        ),
        sa.ForeignKeyConstraint(
            ["ward_id"], ["wards.id"], name=op.f("fk_desk_topics_ward_id_wards")
        ),
        sa.PrimaryKeyConstraint(
            "ward_id", "month", "kind", "topic_id", name=op.f("pk_desk_topics")
        ),
    )


def change_indexes() -> None:
    """Let the sessions of a ward's day, and those of a month with a topic, be counted by index."""
    for indexed in ("ward", *TOPICS.values()):
        op.drop_index(op.f(f"ix_help_sessions_{indexed}"), table_name="help_sessions")
    op.create_index(
        "ix_help_sessions_ward",
        "help_sessions",
        ["ward_id", "service_date", "mode", "is_first_this_year", "deleted_at"],
    )
    for kind, column in TOPICS.items():
        op.create_index(
            f"ix_help_sessions_{kind}",
            "help_sessions",
            [column, "ward_id", "service_date", "deleted_at"],
        )


def fill_tallies() -> None:
    month = "date(service_date, 'start of month')"
    if not is_sqlite():
        month = "CAST(date_trunc('month', service_date) AS date)"
    op.execute(FILL_DAYS)
    for kind, column in TOPICS.items():
        op.execute(FILL_TOPICS.format(month=month, kind=kind, column=column))


def downgrade() -> None:
    if is_sqlite():
        for event in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER IF EXISTS person_names_{event}")
        op.execute("DROP TABLE person_names")
    for kind, column in TOPICS.items():
        op.drop_index(f"ix_help_sessions_{kind}", table_name="help_sessions")
        op.create_index(op.f(f"ix_help_sessions_{column}"), "help_sessions", [column])
    op.drop_index("ix_help_sessions_ward", table_name="help_sessions")
    op.create_index("ix_help_sessions_ward", "help_sessions", ["ward_id", "service_date"])
    op.drop_table("desk_topics")
    op.drop_table("desk_days")
    op.drop_table("network_generations")


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
