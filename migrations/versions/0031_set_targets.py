"""Set targets in dated versions, and ship those that the plan itself names."""

from datetime import UTC, date, datetime

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

INDICATORS = sa.Enum(
    "mentors",
    "mentees",
    "completed",
    "sessions",
    "classes",
    "wards_with_support",
    "public_staff",
    "pupils",
    "adults",
    "vneid",
    "workers",
    name="targetindicator",
    native_enum=False,
    create_constraint=True,
    length=32,
)
INSTANT = sa.DateTime(timezone=True)
GENERAL, NETWORK = "Kế hoạch 19/KH-UBND, mục I.2", "Kế hoạch 19/KH-UBND, mục II.4.1"
# What the plan of 2026 says: percentages of the province, and a support person in each of 135 wards.
SHIPPED = (
    ("public_staff", 100, GENERAL),
    ("pupils", 100, GENERAL),
    ("adults", 100, GENERAL),
    ("vneid", 90, GENERAL),
    ("workers", 100, GENERAL),
    ("wards_with_support", 135, NETWORK),
)


def upgrade() -> None:
    table = op.create_table(
        "plan_targets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        sa.Column("indicator", INDICATORS, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("entered_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", INSTANT, nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("value > 0", name=op.f("ck_plan_targets_value_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_targets")),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{other}.id"], name=op.f(f"fk_plan_targets_{column}_{other}")
            )
            for column, other in (
                ("ward_id", "wards"),
                ("entered_by_id", "accounts"),
                ("batch_id", "batches"),
            )
        ),
    )
    op.create_index("ix_plan_targets_series", table.name, ["ward_id", "indicator", "due_on"])
    op.create_index(op.f("ix_plan_targets_batch_id"), table.name, ["batch_id"])
    same = {
        "due_on": date(2026, 12, 31),
        "valid_from": date(2026, 1, 1),
        "entered_at": datetime(2026, 1, 1, tzinfo=UTC),
        "version": 1,
    }
    op.bulk_insert(
        table,
        [
            {"indicator": indicator, "value": value, "source": source, **same}
            for indicator, value, source in SHIPPED
        ],
    )


def downgrade() -> None:
    op.drop_table("plan_targets")
