"""Keep who did not want to learn more, and what people said some weeks after they were taught."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op
from sqlalchemy.sql.schema import SchemaItem

revision = "0012"
down_revision = "0009"
branch_labels = None
depends_on = None

# With its constraint in one statement, which SQLite takes without copying the table.
ADD_OFFER = """
    ALTER TABLE help_sessions ADD COLUMN learning_offer VARCHAR(32)
    CONSTRAINT ck_help_sessions_learningoffer CHECK (learning_offer IN ('declined'))
"""
IS_DECLINED = sa.text("learning_offer IS NOT NULL AND deleted_at IS NULL")
IS_ANSWERED = sa.text("answer <> 'unreached' AND deleted_at IS NULL")
OCCASIONS = sa.Enum(
    "paired",
    "completed",
    name="followupoccasion",
    native_enum=False,
    create_constraint=True,
    length=32,
)
ANSWERS = sa.Enum(
    "still_able",
    "needs_help",
    "unreached",
    name="followupanswer",
    native_enum=False,
    create_constraint=True,
    length=32,
)


def upgrade() -> None:
    op.execute(ADD_OFFER)
    op.create_index(
        "ix_help_sessions_declined",
        "help_sessions",
        ["ward_id", "service_date"],
        sqlite_where=IS_DECLINED,
        postgresql_where=IS_DECLINED,
    )
    op.create_table(
        "follow_ups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentee_id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("occasion", OCCASIONS, nullable=False),
        sa.Column("answer", ANSWERS, nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("reported_in_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_ups")),
        *_references(),
    )
    op.create_index("ix_follow_ups_mentee", "follow_ups", ["mentee_id", "occasion"])
    op.create_index("ix_follow_ups_ward", "follow_ups", ["ward_id", "service_date", "answer"])
    op.create_index(
        "uq_follow_ups_answer",
        "follow_ups",
        ["mentee_id", "occasion"],
        unique=True,
        sqlite_where=IS_ANSWERED,
        postgresql_where=IS_ANSWERED,
    )
    for column in ("reported_in_id", "batch_id"):
        op.create_index(op.f(f"ix_follow_ups_{column}"), "follow_ups", [column])


def downgrade() -> None:
    op.drop_table("follow_ups")
    op.drop_index("ix_help_sessions_declined", table_name="help_sessions")
    op.execute("ALTER TABLE help_sessions DROP COLUMN learning_offer")


def _references() -> Iterator[SchemaItem]:
    for column, target in (
        ("mentee_id", "mentees"),
        ("ward_id", "wards"),
        ("reported_in_id", "reporting_periods"),
        ("entered_by_id", "accounts"),
        ("batch_id", "batches"),
    ):
        yield sa.ForeignKeyConstraint(
            [column], [f"{target}.id"], name=op.f(f"fk_follow_ups_{column}_{target}")
        )
