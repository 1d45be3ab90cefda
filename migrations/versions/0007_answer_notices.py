"""Keep who was told apart and which sessions were confirmed; find who is alike by index."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op
from sqlalchemy.sql.schema import SchemaItem

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "distinct_people",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        *_recorded("distinct_people"),
        _reference("distinct_people", "person_id", "persons"),
        _reference("distinct_people", "other_id", "persons"),
        sa.CheckConstraint("person_id < other_id", name=op.f("ck_distinct_people_in_order")),
    )
    op.create_table(
        "confirmed_sessions",
        sa.Column("help_session_id", sa.Integer(), nullable=False),
        *_recorded("confirmed_sessions"),
        _reference("confirmed_sessions", "help_session_id", "help_sessions"),
    )
    op.create_index("ix_distinct_people_pair", "distinct_people", ["person_id", "other_id"])
    for table, column in (
        ("distinct_people", "other_id"),
        ("distinct_people", "batch_id"),
        ("confirmed_sessions", "help_session_id"),
        ("confirmed_sessions", "batch_id"),
    ):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.drop_index(op.f("ix_persons_search_text"), table_name="persons")
    op.create_index("ix_persons_likeness", "persons", ["search_text", "birth_year", "phone"])


def downgrade() -> None:
    op.drop_index("ix_persons_likeness", table_name="persons")
    op.create_index(op.f("ix_persons_search_text"), "persons", ["search_text"])
    op.drop_table("confirmed_sessions")
    op.drop_table("distinct_people")


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
