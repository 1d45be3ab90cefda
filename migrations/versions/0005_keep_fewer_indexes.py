"""Leave empty values out of indexes, and the account that entered a row: nothing looks there."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOSTLY_EMPTY = (
    ("mentees", "continues_id"),
    ("mentees", "origin_id"),
    ("mentors", "continues_id"),
    ("mentors", "origin_id"),
    ("mentorships", "continues_id"),
    ("mentorships", "origin_id"),
    ("persons", "hamlet_id"),
    ("persons", "merged_into_id"),
    ("persons", "phone"),
)
# The turns of help keep theirs: a desk is offered what the account entered last.
ENTERED = (
    "attendances",
    "consents",
    "contacts",
    "duty_turns",
    "hamlets",
    "handoffs",
    "help_session_groups",
    "mentees",
    "mentor_capacities",
    "mentors",
    "mentorships",
    "pauses",
    "person_groups",
    "person_languages",
    "person_merges",
    "persons",
    "support_posts",
)


def upgrade() -> None:
    for table in ENTERED:
        op.drop_index(op.f(f"ix_{table}_entered_by_id"), table_name=table)
    for table, column in MOSTLY_EMPTY:
        is_filled = sa.text(f"{column} IS NOT NULL")
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
        op.create_index(
            op.f(f"ix_{table}_{column}"),
            table,
            [column],
            sqlite_where=is_filled,
            postgresql_where=is_filled,
        )


def downgrade() -> None:
    for table, column in MOSTLY_EMPTY:
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    for table in ENTERED:
        op.create_index(op.f(f"ix_{table}_entered_by_id"), table, ["entered_by_id"])
