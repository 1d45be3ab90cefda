"""Freeze the figures of a closed period as canonical JSON, and say why it was reopened.

Nothing wrote editions so far; the table is made anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.drop_table("report_editions")
    _create(
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reopened_at", INSTANT, nullable=True),
        sa.Column("reopened_by_id", sa.Integer(), nullable=True),
        sa.Column("reopen_reason", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["reopened_by_id"],
            ["accounts.id"],
            name=op.f("fk_report_editions_reopened_by_id_accounts"),
        ),
    )


def downgrade() -> None:
    op.drop_table("report_editions")
    _create(
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
    )


def _create(*own: sa.Column[object] | sa.ForeignKeyConstraint) -> None:
    op.create_table(
        "report_editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("closed_at", INSTANT, nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        *own,
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["accounts.id"], name=op.f("fk_report_editions_closed_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["period_id"],
            ["reporting_periods.id"],
            name=op.f("fk_report_editions_period_id_reporting_periods"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_editions")),
        sa.UniqueConstraint(
            "period_id", "edition", name=op.f("uq_report_editions_period_id_edition")
        ),
    )
