"""Mark the help sessions that were noted many at once."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLE = "session_bundles"
REFERENCES = {"entered_by_id": "accounts", "batch_id": "batches"}


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "half_day",
            sa.Enum(
                "morning",
                "afternoon",
                name="halfday",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("began_at", sa.Time(), nullable=True),
        sa.Column("ended_at", sa.Time(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.CheckConstraint(
            "(began_at IS NULL) = (ended_at IS NULL)", name=op.f(f"ck_{TABLE}_hours_in_pairs")
        ),
        sa.CheckConstraint(
            "began_at IS NULL OR ended_at > began_at", name=op.f(f"ck_{TABLE}_hours_in_order")
        ),
        sa.CheckConstraint(
            "half_day IS NULL OR began_at IS NULL", name=op.f(f"ck_{TABLE}_one_kind_of_span")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{target}.id"], name=op.f(f"fk_{TABLE}_{column}_{target}")
            )
            for column, target in REFERENCES.items()
        ),
    )
    op.create_index(op.f(f"ix_{TABLE}_batch_id"), TABLE, ["batch_id"])
    # Both databases add such a column without copying a million rows.
    op.execute(
        "ALTER TABLE help_sessions ADD COLUMN bundle_id INTEGER"
        " CONSTRAINT fk_help_sessions_bundle_id_session_bundles REFERENCES session_bundles (id)"
    )
    is_filled = sa.text("bundle_id IS NOT NULL")
    op.create_index(
        "ix_help_sessions_bundle_id",
        "help_sessions",
        ["bundle_id"],
        sqlite_where=is_filled,
        postgresql_where=is_filled,
    )


def downgrade() -> None:
    op.drop_index("ix_help_sessions_bundle_id", table_name="help_sessions")
    op.execute("ALTER TABLE help_sessions DROP COLUMN bundle_id")
    op.drop_table(TABLE)
