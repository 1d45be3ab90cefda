"""Record what mentees can do, the topic of each week, and the links of mentors without account.

The curriculum itself is the catalogue of skills, shipped since 0002.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def _vocabulary(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


LEVELS = _vocabulary("skilllevel", "not_yet", "needs_help", "able")
SOURCES = _vocabulary("assessmentsource", "mentor", "leader", "mentee")
BASES = _vocabulary("vneidbasis", "self_reported", "seen_by_officer")
DEEDS = _vocabulary("linkdeed", "opened", "met", "taken_back")
IS_LIVING = sa.text("deleted_at IS NULL")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "skill_assessments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentee_id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("level", LEVELS, nullable=False),
        sa.Column("said_by", SOURCES, nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("reported_in_id", sa.Integer(), nullable=False),
        *_recorded(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_assessments")),
        sa.CheckConstraint(
            "(said_by = 'mentor') = (mentor_id IS NOT NULL)",
            name=op.f("ck_skill_assessments_mentor_named"),
        ),
        *_references(
            "skill_assessments",
            mentee_id="mentees",
            ward_id="wards",
            skill_id="skills",
            mentor_id="mentors",
            reported_in_id="reporting_periods",
            entered_by_id="accounts",
            batch_id="batches",
        ),
    )
    _index("skill_assessments", "mentee", "mentee_id", "skill_id", "service_date")
    _index("skill_assessments", "ward", "ward_id", "service_date", "level")
    for column in ("skill_id", "mentor_id", "reported_in_id", "batch_id"):
        _index("skill_assessments", column, column)
    op.create_table(
        "vneid_confirmations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentee_id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("basis", BASES, nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("reported_in_id", sa.Integer(), nullable=False),
        *_recorded(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vneid_confirmations")),
        *_references(
            "vneid_confirmations",
            mentee_id="mentees",
            ward_id="wards",
            reported_in_id="reporting_periods",
            entered_by_id="accounts",
            batch_id="batches",
        ),
    )
    _index("vneid_confirmations", "mentee", "mentee_id", "basis")
    _index("vneid_confirmations", "ward", "ward_id", "service_date")
    for column in ("reported_in_id", "batch_id"):
        _index("vneid_confirmations", column, column)
    op.create_table(
        "weekly_topics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("body", sa.String(length=2000), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=True),
        *_recorded(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weekly_topics")),
        *_references("weekly_topics", entered_by_id="accounts", batch_id="batches"),
    )
    op.create_index(
        "uq_weekly_topics_monday",
        "weekly_topics",
        ["monday"],
        unique=True,
        sqlite_where=IS_LIVING,
        postgresql_where=IS_LIVING,
    )
    _index("weekly_topics", "batch_id", "batch_id")
    op.create_table(
        "mentor_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_mentor_links_token_hash")),
        *_references("mentor_links", mentor_id="mentors", created_by_id="accounts"),
    )
    _index("mentor_links", "mentor", "mentor_id", "created_at")
    op.create_table(
        "mentor_link_uses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("deed", DEEDS, nullable=False),
        sa.Column("used_at", INSTANT, nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_link_uses")),
        *_references("mentor_link_uses", link_id="mentor_links", batch_id="batches"),
    )
    _index("mentor_link_uses", "link", "link_id", "used_at")
    _index("mentor_link_uses", "batch_id", "batch_id")


def downgrade() -> None:
    for table in (
        "mentor_link_uses",
        "mentor_links",
        "weekly_topics",
        "vneid_confirmations",
        "skill_assessments",
    ):
        op.drop_table(table)


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
