"""Let one row of the change log tell the same of a run of objects; what is there tells of one."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# Added in place: copying the table would take as long as the log is, and drop its triggers.
ADD_COUNT = """
ALTER TABLE changes ADD COLUMN object_count INTEGER DEFAULT 1 NOT NULL
CONSTRAINT ck_changes_run_length CHECK (object_count BETWEEN 1 AND 1000)
"""


def upgrade() -> None:
    op.execute(ADD_COUNT)
    is_run = sa.text("object_count > 1")
    op.create_index(
        "ix_changes_runs",
        "changes",
        ["object_kind", "object_id"],
        sqlite_where=is_run,
        postgresql_where=is_run,
    )


def downgrade() -> None:
    runs = op.get_bind().scalar(sa.text("SELECT count(*) FROM changes WHERE object_count > 1"))
    if runs:
        msg = f"{runs} rows of the change log tell of several objects; 0005 has no place for that"
        raise RuntimeError(msg)
    op.drop_index("ix_changes_runs", table_name="changes")
    op.drop_column("changes", "object_count")
