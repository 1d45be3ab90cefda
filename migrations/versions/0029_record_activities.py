"""Record the activities of the plan that share the network, planned and held."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

KINDS = sa.Enum(
    "community_class",
    "house_visit",
    "youth_campaign",
    "learning_day",
    "digital_family",
    "digital_market",
    name="activitykind",
    native_enum=False,
    create_constraint=True,
    length=32,
)
INSTANT = sa.DateTime(timezone=True)
DETAILS = {
    "activity_turns": ("target_group_id", "target_groups"),
    "activity_hosts": ("mentor_id", "mentors"),
    "activity_people": ("person_id", "persons"),
    "activity_tags": ("tag_id", "tags"),
}


def upgrade() -> None:
    op.create_table(
        "activities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("kind", KINDS, nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("topic", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.Column("is_held", sa.Boolean(), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=True),
        sa.Column("reported_in_id", sa.Integer(), nullable=True),
        *_recorded(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
        sa.CheckConstraint(
            "turns BETWEEN 0 AND 100000", name=op.f("ck_activities_turns_plausible")
        ),
        sa.CheckConstraint(
            "(turns IS NOT NULL) = is_held AND (reported_in_id IS NOT NULL) = is_held",
            name=op.f("ck_activities_counts_once_held"),
        ),
        *_references(
            "activities",
            ward_id="wards",
            reported_in_id="reporting_periods",
            entered_by_id="accounts",
            batch_id="batches",
        ),
    )
    _index("activities", "ward", "ward_id", "service_date", "kind")
    _index("activities", "day", "service_date", "ward_id")
    for column in ("reported_in_id", "batch_id"):
        _index("activities", column, column)
    for table, (column, target) in DETAILS.items():
        has_turns = table == "activity_turns"
        op.create_table(
            table,
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("activity_id", sa.Integer(), nullable=False),
            sa.Column(column, sa.Integer(), nullable=False),
            *([sa.Column("turns", sa.Integer(), nullable=False)] if has_turns else []),
            *_recorded(),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
            *([_plausible()] if has_turns else []),
            *_references(
                table,
                activity_id="activities",
                **{column: target},
                entered_by_id="accounts",
                batch_id="batches",
            ),
        )
        for name in ("activity_id", column, "batch_id"):
            _index(table, name, name)


def downgrade() -> None:
    for table in (*DETAILS, "activities"):
        op.drop_table(table)


def _plausible() -> sa.CheckConstraint:
    name = op.f("ck_activity_turns_turns_plausible")
    return sa.CheckConstraint("turns BETWEEN 1 AND 100000", name=name)


def _recorded() -> Iterator[sa.Column[object]]:
    yield sa.Column("entered_at", INSTANT, nullable=False)
    yield sa.Column("version", sa.Integer(), nullable=False)
    yield sa.Column("deleted_at", INSTANT, nullable=True)
    yield sa.Column("entered_by_id", sa.Integer(), nullable=True)
    yield sa.Column("batch_id", sa.Integer(), nullable=True)


def _references(table: str, **targets: str) -> Iterator[sa.ForeignKeyConstraint]:
    for column, target in targets.items():
        name = op.f(f"fk_{table}_{column}_{target}")
        yield sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)


def _index(table: str, name: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{name}"), table, list(columns))
