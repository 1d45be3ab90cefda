"""Let a ward ask a bordering one for a mentor or for somebody at the desk."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op
from sqlalchemy.sql.schema import SchemaItem

revision = "0020"
down_revision = "0015"
branch_labels = None
depends_on = None

TABLE = "ward_requests"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("asking_ward_id", sa.Integer(), nullable=False),
        sa.Column("asked_ward_id", sa.Integer(), nullable=False),
        sa.Column("kind", _words("requestkind", "mentor", "support"), nullable=False),
        sa.Column(
            "state",
            _words("requeststate", "open", "accepted", "declined", "withdrawn", "fulfilled"),
            nullable=False,
        ),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("mentees", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("half_day", _words("halfday", "morning", "afternoon"), nullable=True),
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("support_post_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        *_recorded(),
        _reference("asking_ward_id", "wards"),
        _reference("asked_ward_id", "wards"),
        _reference("mentor_id", "mentors"),
        _reference("support_post_id", "support_posts"),
        sa.CheckConstraint(
            "asking_ward_id <> asked_ward_id", name=op.f("ck_ward_requests_of_another_ward")
        ),
        sa.CheckConstraint(
            "(kind = 'mentor' AND mentees IS NOT NULL AND mentees > 0 AND day IS NULL)"
            " OR (kind = 'support' AND mentees IS NULL AND day IS NOT NULL)",
            name=op.f("ck_ward_requests_says_what_it_asks"),
        ),
    )
    op.create_index(op.f("ix_ward_requests_batch_id"), TABLE, ["batch_id"])
    op.create_index("ix_ward_requests_asking", TABLE, ["asking_ward_id", "state"])
    op.create_index("ix_ward_requests_asked", TABLE, ["asked_ward_id", "state"])


def downgrade() -> None:
    op.drop_table(TABLE)


def _words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _recorded() -> Iterator[SchemaItem]:
    yield sa.Column("id", sa.Integer(), nullable=False)
    yield sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False)
    yield sa.Column("version", sa.Integer(), nullable=False)
    yield sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True)
    yield sa.Column("entered_by_id", sa.Integer(), nullable=True)
    yield sa.Column("batch_id", sa.Integer(), nullable=True)
    yield sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}"))
    yield _reference("entered_by_id", "accounts")
    yield _reference("batch_id", "batches")


def _reference(column: str, target: str) -> SchemaItem:
    name = op.f(f"fk_{TABLE}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)
