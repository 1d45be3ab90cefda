"""Keep what people write into a report, by period and ward."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
PARAGRAPHS = ("network", "desk", "activities", "wards")


def upgrade() -> None:
    op.create_table(
        "report_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_code", sa.String(length=20), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        *(
            column
            for name in PARAGRAPHS
            for column in (
                sa.Column(name, sa.Text(), nullable=True),
                sa.Column(f"{name}_basis", sa.String(length=16), nullable=True),
            )
        ),
        sa.Column("difficulties", sa.Text(), nullable=False),
        sa.Column("next_tasks", sa.Text(), nullable=False),
        sa.Column("entered_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", INSTANT, nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_drafts")),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{other}.id"], name=op.f(f"fk_report_drafts_{column}_{other}")
            )
            for column, other in (
                ("ward_id", "wards"),
                ("entered_by_id", "accounts"),
                ("batch_id", "batches"),
            )
        ),
    )
    op.create_index("ix_report_drafts_report", "report_drafts", ["period_code", "ward_id"])
    op.create_index(op.f("ix_report_drafts_batch_id"), "report_drafts", ["batch_id"])


def downgrade() -> None:
    op.drop_table("report_drafts")
