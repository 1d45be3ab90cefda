"""Let people carry tags: the movements that they take part in, the teams that they belong to.

The tags are those of Kế hoạch 19/KH-UBND; the office edits labels and order afterwards.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

# code, label, is_team
TAGS = (
    ("digital_family", "Gia đình số", False),
    ("digital_market", "Chợ số 4T", False),
    ("digital_identity", "Mỗi công dân – Một danh tính số", False),
    ("youth_campaign", "Chiến dịch Thanh niên chung tay phổ cập kỹ năng số", False),
    ("learning_day", "Ngày hội toàn dân học tập số", False),
    ("community_team", "Tổ công nghệ số cộng đồng", True),
    ("volunteer_team", "Đội hình thanh niên tình nguyện", True),
    ("technology_team", "Đội hình thanh niên công nghệ", True),
    ("online_service_team", "Đội hình hỗ trợ dịch vụ công trực tuyến", True),
)


def upgrade() -> None:
    tags = op.create_table(
        "tags",
        sa.Column("is_team", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
        sa.UniqueConstraint("code", name=op.f("uq_tags_code")),
    )
    op.create_table(
        "person_tags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_tags")),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{target}.id"], name=op.f(f"fk_person_tags_{column}_{target}")
            )
            for column, target in (
                ("person_id", "persons"),
                ("tag_id", "tags"),
                ("entered_by_id", "accounts"),
                ("batch_id", "batches"),
            )
        ),
    )
    op.create_index(op.f("ix_person_tags_batch_id"), "person_tags", ["batch_id"])
    op.create_index("ix_person_tags_person", "person_tags", ["person_id", "tag_id"])
    op.create_index("ix_person_tags_tag", "person_tags", ["tag_id", "person_id"])
    op.bulk_insert(
        tags,
        [
            {
                "code": code,
                "label": label,
                "position": position,
                "is_active": True,
                "is_team": is_team,
            }
            for position, (code, label, is_team) in enumerate(TAGS, start=1)
        ],
    )


def downgrade() -> None:
    op.drop_table("person_tags")
    op.drop_table("tags")
