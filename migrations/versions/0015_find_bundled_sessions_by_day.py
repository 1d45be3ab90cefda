"""Find the help sessions of a ward that were noted at once without reading all of its days."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    is_bundled = sa.text("bundle_id IS NOT NULL")
    op.create_index(
        "ix_help_sessions_bundled",
        "help_sessions",
        ["ward_id", "service_date", "deleted_at"],
        sqlite_where=is_bundled,
        postgresql_where=is_bundled,
    )


def downgrade() -> None:
    op.drop_index("ix_help_sessions_bundled", table_name="help_sessions")
