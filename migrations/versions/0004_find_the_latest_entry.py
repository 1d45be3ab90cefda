"""Find the latest entry of a ward by index; entries of all wards together nobody asks for."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WARDS = {
    "contacts": "ward_id",
    "duty_turns": "ward_id",
    "handoffs": "ward_id",
    "help_sessions": "ward_id",
    "mentees": "ward_id",
    "mentors": "ward_id",
    "mentorships": "mentor_ward_id",
    "support_posts": "ward_id",
}
RECORDED = (
    "attendances",
    "consents",
    "contacts",
    "duty_turns",
    "hamlets",
    "handoffs",
    "help_session_groups",
    "help_sessions",
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
    for table in RECORDED:
        op.drop_index(op.f(f"ix_{table}_entered_at"), table_name=table)
    is_living = sa.text("deleted_at IS NULL")
    for table, ward_id in WARDS.items():
        op.create_index(
            f"ix_{table}_entry",
            table,
            [ward_id, "entered_at"],
            sqlite_where=is_living,
            postgresql_where=is_living,
        )


def downgrade() -> None:
    for table in WARDS:
        op.drop_index(f"ix_{table}_entry", table_name=table)
    for table in RECORDED:
        op.create_index(op.f(f"ix_{table}_entered_at"), table, ["entered_at"])
