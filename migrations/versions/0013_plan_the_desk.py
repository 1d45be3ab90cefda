"""Keep who sits at the desk each week, who is away, and when the desk is closed."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op
from sqlalchemy.sql.schema import SchemaItem

from models.overlap import NoOverlap, postgresql_constraint

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

PATTERN_ONCE = NoOverlap("duty_patterns", ("support_post_id", "week_half"))
TABLES = ("duty_patterns", "duty_leaves", "duty_holidays")


def upgrade() -> None:
    op.create_table(
        "duty_patterns",
        sa.Column("support_post_id", sa.Integer(), nullable=False),
        sa.Column("week_half", sa.Integer(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        *_recorded("duty_patterns"),
        _reference("duty_patterns", "support_post_id", "support_posts"),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on > started_on",
            name=op.f("ck_duty_patterns_ends_after_start"),
        ),
        sa.CheckConstraint(
            "week_half BETWEEN 0 AND 13", name=op.f("ck_duty_patterns_week_half_exists")
        ),
    )
    op.create_table(
        "duty_leaves",
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("support_post_id", sa.Integer(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("half_day", _half_day(), nullable=True),
        sa.Column("substitute_post_id", sa.Integer(), nullable=True),
        *_recorded("duty_leaves"),
        _reference("duty_leaves", "ward_id", "wards"),
        _reference("duty_leaves", "support_post_id", "support_posts"),
        _reference("duty_leaves", "substitute_post_id", "support_posts"),
        sa.CheckConstraint("ended_on > started_on", name=op.f("ck_duty_leaves_ends_after_start")),
        sa.CheckConstraint(
            "substitute_post_id <> support_post_id", name=op.f("ck_duty_leaves_by_somebody_else")
        ),
    )
    op.create_table(
        "duty_holidays",
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half_day", _half_day(), nullable=False),
        *_recorded("duty_holidays"),
        _reference("duty_holidays", "ward_id", "wards"),
    )
    for table in TABLES:
        op.create_index(op.f(f"ix_{table}_batch_id"), table, ["batch_id"])
    for table in ("duty_patterns", "duty_leaves"):
        op.create_index(op.f(f"ix_{table}_support_post_id"), table, ["support_post_id"])
    op.create_index("ix_duty_leaves_ward", "duty_leaves", ["ward_id", "ended_on"])
    _create_partial_indexes()
    if op.get_bind().dialect.name == "postgresql":
        op.execute(postgresql_constraint(PATTERN_ONCE))


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_partial_indexes() -> None:
    has_substitute = sa.text("substitute_post_id IS NOT NULL")
    op.create_index(
        "ix_duty_leaves_substitute_post_id",
        "duty_leaves",
        ["substitute_post_id"],
        sqlite_where=has_substitute,
        postgresql_where=has_substitute,
    )
    is_living = sa.text("deleted_at IS NULL")
    op.create_index(
        "uq_duty_holidays_half",
        "duty_holidays",
        ["ward_id", "day", "half_day"],
        unique=True,
        sqlite_where=is_living,
        postgresql_where=is_living,
    )


def _half_day() -> sa.Enum:
    return sa.Enum(
        "morning",
        "afternoon",
        name="halfday",
        native_enum=False,
        create_constraint=True,
        length=32,
    )


def _recorded(table: str) -> Iterator[SchemaItem]:
    yield sa.Column("id", sa.Integer(), nullable=False)
    yield sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False)
    yield sa.Column("version", sa.Integer(), nullable=False)
    yield sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True)
    yield sa.Column("entered_by_id", sa.Integer(), nullable=True)
    yield sa.Column("batch_id", sa.Integer(), nullable=True)
    yield sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))
    yield _reference(table, "entered_by_id", "accounts")
    yield _reference(table, "batch_id", "batches")


def _reference(table: str, column: str, target: str) -> SchemaItem:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}")
    )
