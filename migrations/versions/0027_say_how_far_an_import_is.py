"""Say how far an import is that is written behind its page."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "roster_imports", sa.Column("touched_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column("roster_imports", sa.Column("roles_written", sa.Integer(), nullable=True))
    op.add_column("roster_imports", sa.Column("roles_to_write", sa.Integer(), nullable=True))


def downgrade() -> None:
    for name in ("roles_to_write", "roles_written", "touched_at"):
        op.drop_column("roster_imports", name)
