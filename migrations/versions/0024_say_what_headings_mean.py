"""Let people say what the headings of their files mean, and keep the cells until they did."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

MEANINGS, CELLS = "heading_meanings", "roster_import_cells"


def upgrade() -> None:
    op.create_table(
        CELLS,
        sa.Column("roster_import_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("roster_import_id", name=op.f(f"pk_{CELLS}")),
        sa.ForeignKeyConstraint(
            ["roster_import_id"],
            ["roster_imports.id"],
            name=op.f(f"fk_{CELLS}_roster_import_id_roster_imports"),
        ),
    )
    op.create_table(
        MEANINGS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        sa.Column("heading_key", sa.String(length=120), nullable=False),
        sa.Column("heading", sa.String(length=120), nullable=False),
        sa.Column("column_name", sa.String(length=20), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{MEANINGS}")),
        sa.ForeignKeyConstraint(
            ["ward_id"], ["wards.id"], name=op.f(f"fk_{MEANINGS}_ward_id_wards")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"],
            ["accounts.id"],
            name=op.f(f"fk_{MEANINGS}_entered_by_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f(f"fk_{MEANINGS}_batch_id_batches")
        ),
        sa.CheckConstraint("length(heading_key) >= 1", name=op.f(f"ck_{MEANINGS}_has_key")),
    )
    op.create_index(op.f(f"ix_{MEANINGS}_batch_id"), MEANINGS, ["batch_id"])
    op.create_index(f"ix_{MEANINGS}_place", MEANINGS, ["ward_id", "entered_by_id"])


def downgrade() -> None:
    op.drop_table(MEANINGS)
    op.drop_table(CELLS)
