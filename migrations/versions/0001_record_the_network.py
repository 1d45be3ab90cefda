"""Record the network."""

import sqlalchemy as sa
from alembic import op

from models.overlap import NoOverlap, postgresql_constraint

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# The rules of the first schema; a later one comes with a migration of its own.
FIRST_RULES = (
    NoOverlap("mentors", ("person_id",)),
    NoOverlap("mentees", ("person_id",)),
    NoOverlap("support_posts", ("person_id", "ward_id")),
    NoOverlap("mentorships", ("mentee_id",)),
    NoOverlap("pauses", ("mentor_id",), "_of_mentor"),
    NoOverlap("pauses", ("mentee_id",), "_of_mentee"),
    NoOverlap("pauses", ("support_post_id",), "_of_post"),
)


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=64), nullable=False),
        sa.Column("display_name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=True),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("username = lower(username)", name=op.f("ck_accounts_username_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("username", name=op.f("uq_accounts_username")),
    )
    op.create_table(
        "end_reasons",
        sa.Column("is_completion", sa.Boolean(), nullable=False),
        sa.Column("for_mentorship", sa.Boolean(), nullable=False),
        sa.Column("for_mentor", sa.Boolean(), nullable=False),
        sa.Column("for_mentee", sa.Boolean(), nullable=False),
        sa.Column("for_support_post", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_end_reasons")),
        sa.UniqueConstraint("code", name=op.f("uq_end_reasons_code")),
    )
    op.create_table(
        "languages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_languages")),
        sa.UniqueConstraint("code", name=op.f("uq_languages_code")),
    )
    op.create_table(
        "obstacles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obstacles")),
        sa.UniqueConstraint("code", name=op.f("uq_obstacles_code")),
    )
    op.create_table(
        "procedures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedures")),
        sa.UniqueConstraint("code", name=op.f("uq_procedures_code")),
    )
    op.create_table(
        "sign_in_failures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username_hash", sa.String(length=64), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failures")),
    )
    with op.batch_alter_table("sign_in_failures", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_in_failures_failed_at"), ["failed_at"], unique=False
        )
        batch_op.create_index(
            "ix_sign_in_failures_pair", ["username_hash", "address_hash", "failed_at"], unique=False
        )

    op.create_table(
        "skills",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skills")),
        sa.UniqueConstraint("code", name=op.f("uq_skills_code")),
    )
    op.create_table(
        "target_groups",
        sa.Column("is_sensitive", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target_groups")),
        sa.UniqueConstraint("code", name=op.f("uq_target_groups_code")),
    )
    op.create_table(
        "wards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "xã",
                "phường",
                name="wardkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("search_text", sa.String(length=80), nullable=False),
        sa.Column("province_code", sa.String(length=2), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("area_km2", sa.Double(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("former_province", sa.String(length=40), nullable=False),
        sa.Column("former_district", sa.String(length=80), nullable=False),
        sa.Column("is_border_commune", sa.Boolean(), nullable=False),
        sa.Column("is_coastal", sa.Boolean(), nullable=False),
        sa.Column("is_island", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("succeeded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(code) = 5", name=op.f("ck_wards_code_length")),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to > valid_from", name=op.f("ck_wards_valid_span")
        ),
        sa.ForeignKeyConstraint(
            ["succeeded_by_id"], ["wards.id"], name=op.f("fk_wards_succeeded_by_id_wards")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wards")),
        sa.UniqueConstraint("code", name=op.f("uq_wards_code")),
        sa.UniqueConstraint("slug", name=op.f("uq_wards_slug")),
    )
    op.create_table(
        "batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "running",
                "done",
                "undone",
                name="batchstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        sa.Column("object_kind", sa.String(length=40), nullable=True),
        sa.Column("object_id", sa.Integer(), nullable=True),
        sa.Column("object_count", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_batches_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["batches.id"], name=op.f("fk_batches_undoes_id_batches")
        ),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name=op.f("fk_batches_ward_id_wards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_batches_undoes_id")),
    )
    with op.batch_alter_table("batches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_batches_account_id"), ["account_id"], unique=False)
        batch_op.create_index("ix_batches_ward", ["ward_id", "done_at"], unique=False)

    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["erased_by_id"], ["accounts.id"], name=op.f("fk_erasures_erased_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
    )
    with op.batch_alter_table("erasures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_erasures_person_id"), ["person_id"], unique=False)

    op.create_table(
        "grants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "admin",
                "province",
                "leader",
                "support",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(role IN ('leader', 'support')) = (ward_id IS NOT NULL)",
            name=op.f("ck_grants_ward_by_role"),
        ),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= started_on", name=op.f("ck_grants_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_grants_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["accounts.id"], name=op.f("fk_grants_granted_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name=op.f("fk_grants_ward_id_wards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
    )
    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grants_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grants_ward_id"), ["ward_id"], unique=False)

    op.create_table(
        "one_time_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "first_administrator",
                "invitation",
                "reset",
                name="linkpurpose",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_one_time_links_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_one_time_links_token_hash")),
    )
    with op.batch_alter_table("one_time_links", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_one_time_links_account_id"), ["account_id"], unique=False
        )

    op.create_table(
        "reporting_periods",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ended_on > started_on", name=op.f("ck_reporting_periods_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"],
            ["accounts.id"],
            name=op.f("fk_reporting_periods_closed_by_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_periods")),
        sa.UniqueConstraint("code", name=op.f("uq_reporting_periods_code")),
        sa.UniqueConstraint("started_on", name=op.f("uq_reporting_periods_started_on")),
    )
    op.create_table(
        "settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=400), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["accounts.id"], name=op.f("fk_settings_set_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settings")),
        sa.UniqueConstraint("key", "effective_on", name=op.f("uq_settings_key_effective_on")),
    )
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=120), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_sign_ins_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_ins_token_hash")),
    )
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_ins_account_id"), ["account_id"], unique=False)

    op.create_table(
        "ward_borders",
        sa.Column("ward_a_id", sa.Integer(), nullable=False),
        sa.Column("ward_b_id", sa.Integer(), nullable=False),
        sa.Column("border_km", sa.Double(), nullable=False),
        sa.CheckConstraint("ward_a_id < ward_b_id", name=op.f("ck_ward_borders_ordered_pair")),
        sa.ForeignKeyConstraint(
            ["ward_a_id"], ["wards.id"], name=op.f("fk_ward_borders_ward_a_id_wards")
        ),
        sa.ForeignKeyConstraint(
            ["ward_b_id"], ["wards.id"], name=op.f("fk_ward_borders_ward_b_id_wards")
        ),
        sa.PrimaryKeyConstraint("ward_a_id", "ward_b_id", name=op.f("pk_ward_borders")),
    )
    with op.batch_alter_table("ward_borders", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ward_borders_ward_b_id"), ["ward_b_id"], unique=False)

    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("object_kind", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_changes_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_changes_batch_id_batches")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_changes_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index("ix_changes_object", ["object_kind", "object_id", "id"], unique=False)

    op.create_table(
        "hamlets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("search_text", sa.String(length=80), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_hamlets_batch_id_batches")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["accounts.id"], name=op.f("fk_hamlets_entered_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name=op.f("fk_hamlets_ward_id_wards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hamlets")),
    )
    with op.batch_alter_table("hamlets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hamlets_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hamlets_entered_at"), ["entered_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hamlets_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index(
            "uq_hamlets_name",
            ["ward_id", "search_text"],
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "report_editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
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
    op.create_table(
        "request_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_request_keys_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_request_keys_batch_id_batches")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_keys")),
        sa.UniqueConstraint("account_id", "key", name=op.f("uq_request_keys_account_id_key")),
    )
    with op.batch_alter_table("request_keys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_request_keys_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "roster_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_digest", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "previewed",
                "applied",
                "discarded",
                name="importstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_roster_imports_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_roster_imports_batch_id_batches")
        ),
        sa.ForeignKeyConstraint(
            ["ward_id"], ["wards.id"], name=op.f("fk_roster_imports_ward_id_wards")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_imports")),
    )
    with op.batch_alter_table("roster_imports", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_roster_imports_account_id"), ["account_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_roster_imports_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_roster_imports_file_digest"), ["file_digest"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_roster_imports_ward_id"), ["ward_id"], unique=False)

    op.create_table(
        "changed_values",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"], ["changes.id"], name=op.f("fk_changed_values_change_id_changes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changed_values")),
    )
    with op.batch_alter_table("changed_values", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_changed_values_change_id"), ["change_id"], unique=False
        )

    op.create_table(
        "persons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("full_name", sa.String(length=120), nullable=False),
        sa.Column("search_text", sa.String(length=120), nullable=False),
        sa.Column("sort_key", sa.String(length=400), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column(
            "gender",
            sa.Enum(
                "female",
                "male",
                "other",
                name="gender",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("phone", sa.String(length=16), nullable=True),
        sa.Column("hamlet_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("anonymised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "birth_year BETWEEN 1900 AND 2100", name=op.f("ck_persons_birth_year_plausible")
        ),
        sa.CheckConstraint("length(full_name) >= 1", name=op.f("ck_persons_has_name")),
        sa.CheckConstraint("merged_into_id <> id", name=op.f("ck_persons_not_merged_into_itself")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_persons_batch_id_batches")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["accounts.id"], name=op.f("fk_persons_entered_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["hamlet_id"], ["hamlets.id"], name=op.f("fk_persons_hamlet_id_hamlets")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["persons.id"], name=op.f("fk_persons_merged_into_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persons")),
    )
    with op.batch_alter_table("persons", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_persons_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_persons_entered_at"), ["entered_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_persons_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_persons_hamlet_id"), ["hamlet_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_persons_merged_into_id"), ["merged_into_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_persons_phone"), ["phone"], unique=False)
        batch_op.create_index(batch_op.f("ix_persons_search_text"), ["search_text"], unique=False)
        batch_op.create_index(batch_op.f("ix_persons_sort_key"), ["sort_key"], unique=False)

    op.create_table(
        "account_people",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_account_people_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_account_people_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account_people")),
    )
    with op.batch_alter_table("account_people", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_account_people_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "paper",
                "spoken",
                "message",
                name="consentmethod",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text_version", sa.String(length=20), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("guardian_name", sa.String(length=120), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "withdrawn_on IS NULL OR withdrawn_on >= given_on",
            name=op.f("ck_consents_withdrawn_later"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["accounts.id"], name=op.f("fk_consents_asked_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_consents_batch_id_batches")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["accounts.id"], name=op.f("fk_consents_entered_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_consents_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consents_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consents_entered_at"), ["entered_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_consents_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_consents_person_id"), ["person_id"], unique=False)

    op.create_table(
        "mentees",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("end_reason_id", sa.Integer(), nullable=True),
        sa.Column("continues_id", sa.Integer(), nullable=True),
        sa.Column("origin_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(continues_id IS NULL) = (origin_id IS NULL)", name=op.f("ck_mentees_chain_has_origin")
        ),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on > started_on", name=op.f("ck_mentees_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_mentees_batch_id_batches")
        ),
        sa.ForeignKeyConstraint(
            ["continues_id"], ["mentees.id"], name=op.f("fk_mentees_continues_id_mentees")
        ),
        sa.ForeignKeyConstraint(
            ["end_reason_id"], ["end_reasons.id"], name=op.f("fk_mentees_end_reason_id_end_reasons")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["accounts.id"], name=op.f("fk_mentees_entered_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["origin_id"], ["mentees.id"], name=op.f("fk_mentees_origin_id_mentees")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_mentees_person_id_persons")
        ),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name=op.f("fk_mentees_ward_id_wards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentees")),
    )
    with op.batch_alter_table("mentees", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentees_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentees_continues_id"), ["continues_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentees_entered_at"), ["entered_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_mentees_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index(
            "ix_mentees_open",
            ["ward_id", "person_id"],
            unique=False,
            sqlite_where=sa.text("ended_on IS NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL AND deleted_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_mentees_origin_id"), ["origin_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentees_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "ix_mentees_ward", ["ward_id", "started_on", "ended_on"], unique=False
        )

    op.create_table(
        "mentors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("end_reason_id", sa.Integer(), nullable=True),
        sa.Column("continues_id", sa.Integer(), nullable=True),
        sa.Column("origin_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(continues_id IS NULL) = (origin_id IS NULL)", name=op.f("ck_mentors_chain_has_origin")
        ),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on > started_on", name=op.f("ck_mentors_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_mentors_batch_id_batches")
        ),
        sa.ForeignKeyConstraint(
            ["continues_id"], ["mentors.id"], name=op.f("fk_mentors_continues_id_mentors")
        ),
        sa.ForeignKeyConstraint(
            ["end_reason_id"], ["end_reasons.id"], name=op.f("fk_mentors_end_reason_id_end_reasons")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["accounts.id"], name=op.f("fk_mentors_entered_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["origin_id"], ["mentors.id"], name=op.f("fk_mentors_origin_id_mentors")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_mentors_person_id_persons")
        ),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name=op.f("fk_mentors_ward_id_wards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentors")),
    )
    with op.batch_alter_table("mentors", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentors_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentors_continues_id"), ["continues_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentors_entered_at"), ["entered_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_mentors_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index(
            "ix_mentors_open",
            ["ward_id", "person_id"],
            unique=False,
            sqlite_where=sa.text("ended_on IS NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL AND deleted_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_mentors_origin_id"), ["origin_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentors_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "ix_mentors_ward", ["ward_id", "started_on", "ended_on"], unique=False
        )

    op.create_table(
        "person_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("target_group_id", sa.Integer(), nullable=False),
        sa.Column(
            "basis",
            sa.Enum(
                "consent",
                "paper_form",
                name="groupbasis",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("basis_on", sa.Date(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(basis IS NULL) = (basis_on IS NULL)", name=op.f("ck_person_groups_basis_dated")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_person_groups_batch_id_batches")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["accounts.id"], name=op.f("fk_person_groups_entered_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_person_groups_person_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["target_group_id"],
            ["target_groups.id"],
            name=op.f("fk_person_groups_target_group_id_target_groups"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_groups")),
    )
    with op.batch_alter_table("person_groups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_groups_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_person_groups_entered_at"), ["entered_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_person_groups_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index(
            "ix_person_groups_person", ["person_id", "target_group_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_person_groups_target_group_id"), ["target_group_id"], unique=False
        )

    op.create_table(
        "person_languages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("language_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_person_languages_batch_id_batches")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"],
            ["accounts.id"],
            name=op.f("fk_person_languages_entered_by_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["language_id"],
            ["languages.id"],
            name=op.f("fk_person_languages_language_id_languages"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_person_languages_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_languages")),
    )
    with op.batch_alter_table("person_languages", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_person_languages_batch_id"), ["batch_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_person_languages_entered_at"), ["entered_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_person_languages_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_person_languages_language_id"), ["language_id"], unique=False
        )
        batch_op.create_index(
            "ix_person_languages_person", ["person_id", "language_id"], unique=False
        )

    op.create_table(
        "person_merges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("archived_id", sa.Integer(), nullable=False),
        sa.Column("merged_on", sa.Date(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["archived_id"], ["persons.id"], name=op.f("fk_person_merges_archived_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_person_merges_batch_id_batches")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["accounts.id"], name=op.f("fk_person_merges_entered_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["kept_id"], ["persons.id"], name=op.f("fk_person_merges_kept_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merges")),
    )
    with op.batch_alter_table("person_merges", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_person_merges_archived_id"), ["archived_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_person_merges_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_person_merges_entered_at"), ["entered_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_person_merges_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_person_merges_kept_id"), ["kept_id"], unique=False)

    op.create_table(
        "roster_import_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roster_import_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(length=120), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "created",
                "unchanged",
                "duplicate",
                "rejected",
                "pending",
                name="rowoutcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("values", sa.JSON(), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_roster_import_rows_person_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["roster_import_id"],
            ["roster_imports.id"],
            name=op.f("fk_roster_import_rows_roster_import_id_roster_imports"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_import_rows")),
    )
    with op.batch_alter_table("roster_import_rows", schema=None) as batch_op:
        batch_op.create_index(
            "ix_roster_import_rows_import", ["roster_import_id", "row_number"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_roster_import_rows_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "support_posts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("end_reason_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on > started_on",
            name=op.f("ck_support_posts_ends_after_start"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_support_posts_batch_id_batches")
        ),
        sa.ForeignKeyConstraint(
            ["end_reason_id"],
            ["end_reasons.id"],
            name=op.f("fk_support_posts_end_reason_id_end_reasons"),
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["accounts.id"], name=op.f("fk_support_posts_entered_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_support_posts_person_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["ward_id"], ["wards.id"], name=op.f("fk_support_posts_ward_id_wards")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_posts")),
    )
    with op.batch_alter_table("support_posts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_support_posts_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_support_posts_entered_at"), ["entered_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_support_posts_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_support_posts_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "ix_support_posts_ward", ["ward_id", "started_on", "ended_on"], unique=False
        )

    op.create_table(
        "contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.Column("reported_in_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_contacts_batch_id_batches")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["accounts.id"], name=op.f("fk_contacts_entered_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["mentors.id"], name=op.f("fk_contacts_mentor_id_mentors")
        ),
        sa.ForeignKeyConstraint(
            ["reported_in_id"],
            ["reporting_periods.id"],
            name=op.f("fk_contacts_reported_in_id_reporting_periods"),
        ),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name=op.f("fk_contacts_ward_id_wards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
    )
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contacts_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contacts_entered_at"), ["entered_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_contacts_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_contacts_mentor_id"), ["mentor_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_contacts_reported_in_id"), ["reported_in_id"], unique=False
        )
        batch_op.create_index("ix_contacts_ward", ["ward_id", "service_date"], unique=False)

    op.create_table(
        "duty_turns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("support_post_id", sa.Integer(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
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
            nullable=False,
        ),
        sa.Column("is_performed", sa.Boolean(), nullable=False),
        sa.Column("reported_in_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_duty_turns_batch_id_batches")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["accounts.id"], name=op.f("fk_duty_turns_entered_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["reported_in_id"],
            ["reporting_periods.id"],
            name=op.f("fk_duty_turns_reported_in_id_reporting_periods"),
        ),
        sa.ForeignKeyConstraint(
            ["support_post_id"],
            ["support_posts.id"],
            name=op.f("fk_duty_turns_support_post_id_support_posts"),
        ),
        sa.ForeignKeyConstraint(
            ["ward_id"], ["wards.id"], name=op.f("fk_duty_turns_ward_id_wards")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_turns")),
    )
    with op.batch_alter_table("duty_turns", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_turns_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duty_turns_entered_at"), ["entered_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_duty_turns_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_duty_turns_reported_in_id"), ["reported_in_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_duty_turns_support_post_id"), ["support_post_id"], unique=False
        )
        batch_op.create_index("ix_duty_turns_ward", ["ward_id", "service_date"], unique=False)
        batch_op.create_index(
            "uq_duty_turns_turn",
            ["support_post_id", "service_date", "half_day"],
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "help_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("support_post_id", sa.Integer(), nullable=True),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("service_time", sa.Time(), nullable=True),
        sa.Column("procedure_id", sa.Integer(), nullable=False),
        sa.Column("obstacle_id", sa.Integer(), nullable=True),
        sa.Column("language_id", sa.Integer(), nullable=True),
        sa.Column(
            "mode",
            sa.Enum(
                "self",
                "together",
                "on_behalf",
                name="helpmode",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "result",
            sa.Enum(
                "done",
                "unfinished",
                "referred",
                name="helpresult",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("is_first_this_year", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.Column("reported_in_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "minutes BETWEEN 1 AND 600", name=op.f("ck_help_sessions_minutes_plausible")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_help_sessions_batch_id_batches")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["accounts.id"], name=op.f("fk_help_sessions_entered_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["language_id"], ["languages.id"], name=op.f("fk_help_sessions_language_id_languages")
        ),
        sa.ForeignKeyConstraint(
            ["obstacle_id"], ["obstacles.id"], name=op.f("fk_help_sessions_obstacle_id_obstacles")
        ),
        sa.ForeignKeyConstraint(
            ["procedure_id"],
            ["procedures.id"],
            name=op.f("fk_help_sessions_procedure_id_procedures"),
        ),
        sa.ForeignKeyConstraint(
            ["reported_in_id"],
            ["reporting_periods.id"],
            name=op.f("fk_help_sessions_reported_in_id_reporting_periods"),
        ),
        sa.ForeignKeyConstraint(
            ["support_post_id"],
            ["support_posts.id"],
            name=op.f("fk_help_sessions_support_post_id_support_posts"),
        ),
        sa.ForeignKeyConstraint(
            ["ward_id"], ["wards.id"], name=op.f("fk_help_sessions_ward_id_wards")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_sessions")),
    )
    with op.batch_alter_table("help_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_help_sessions_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_help_sessions_entered_at"), ["entered_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_help_sessions_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_help_sessions_obstacle_id"), ["obstacle_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_help_sessions_procedure_id"), ["procedure_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_help_sessions_reported_in_id"), ["reported_in_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_help_sessions_support_post_id"), ["support_post_id"], unique=False
        )
        batch_op.create_index("ix_help_sessions_ward", ["ward_id", "service_date"], unique=False)

    op.create_table(
        "mentor_capacities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "capacity BETWEEN 1 AND 200", name=op.f("ck_mentor_capacities_capacity_plausible")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_mentor_capacities_batch_id_batches")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"],
            ["accounts.id"],
            name=op.f("fk_mentor_capacities_entered_by_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["mentors.id"], name=op.f("fk_mentor_capacities_mentor_id_mentors")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_capacities")),
    )
    with op.batch_alter_table("mentor_capacities", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mentor_capacities_batch_id"), ["batch_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_mentor_capacities_entered_at"), ["entered_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_mentor_capacities_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index(
            "uq_mentor_capacities_day",
            ["mentor_id", "effective_on"],
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "mentorships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("mentee_id", sa.Integer(), nullable=False),
        sa.Column("mentor_ward_id", sa.Integer(), nullable=False),
        sa.Column("mentee_ward_id", sa.Integer(), nullable=False),
        sa.Column("end_reason_id", sa.Integer(), nullable=True),
        sa.Column("continues_id", sa.Integer(), nullable=True),
        sa.Column("origin_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(continues_id IS NULL) = (origin_id IS NULL)",
            name=op.f("ck_mentorships_chain_has_origin"),
        ),
        sa.CheckConstraint(
            "ended_on IS NULL OR end_reason_id IS NOT NULL",
            name=op.f("ck_mentorships_end_has_reason"),
        ),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on > started_on",
            name=op.f("ck_mentorships_ends_after_start"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_mentorships_batch_id_batches")
        ),
        sa.ForeignKeyConstraint(
            ["continues_id"],
            ["mentorships.id"],
            name=op.f("fk_mentorships_continues_id_mentorships"),
        ),
        sa.ForeignKeyConstraint(
            ["end_reason_id"],
            ["end_reasons.id"],
            name=op.f("fk_mentorships_end_reason_id_end_reasons"),
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["accounts.id"], name=op.f("fk_mentorships_entered_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["mentee_id"], ["mentees.id"], name=op.f("fk_mentorships_mentee_id_mentees")
        ),
        sa.ForeignKeyConstraint(
            ["mentee_ward_id"], ["wards.id"], name=op.f("fk_mentorships_mentee_ward_id_wards")
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["mentors.id"], name=op.f("fk_mentorships_mentor_id_mentors")
        ),
        sa.ForeignKeyConstraint(
            ["mentor_ward_id"], ["wards.id"], name=op.f("fk_mentorships_mentor_ward_id_wards")
        ),
        sa.ForeignKeyConstraint(
            ["origin_id"], ["mentorships.id"], name=op.f("fk_mentorships_origin_id_mentorships")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentorships")),
    )
    with op.batch_alter_table("mentorships", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentorships_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_mentorships_continues_id"), ["continues_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_mentorships_entered_at"), ["entered_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_mentorships_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_mentorships_mentee_id"), ["mentee_id"], unique=False)
        batch_op.create_index(
            "ix_mentorships_mentee_ward", ["mentee_ward_id", "started_on", "ended_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_mentorships_mentor_id"), ["mentor_id"], unique=False)
        batch_op.create_index(
            "ix_mentorships_mentor_ward", ["mentor_ward_id", "started_on", "ended_on"], unique=False
        )
        batch_op.create_index(
            "ix_mentorships_open_by_mentee",
            ["mentee_id", "mentor_id"],
            unique=False,
            sqlite_where=sa.text("ended_on IS NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL AND deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_mentorships_open_by_mentor",
            ["mentor_id", "mentee_id"],
            unique=False,
            sqlite_where=sa.text("ended_on IS NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL AND deleted_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_mentorships_origin_id"), ["origin_id"], unique=False)

    op.create_table(
        "pauses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("mentee_id", sa.Integer(), nullable=True),
        sa.Column("support_post_id", sa.Integer(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("substitute_person_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(CASE WHEN mentor_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN mentee_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN support_post_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_pauses_of_one_spell"),
        ),
        sa.CheckConstraint("ended_on > started_on", name=op.f("ck_pauses_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_pauses_batch_id_batches")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["accounts.id"], name=op.f("fk_pauses_entered_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["mentee_id"], ["mentees.id"], name=op.f("fk_pauses_mentee_id_mentees")
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["mentors.id"], name=op.f("fk_pauses_mentor_id_mentors")
        ),
        sa.ForeignKeyConstraint(
            ["substitute_person_id"],
            ["persons.id"],
            name=op.f("fk_pauses_substitute_person_id_persons"),
        ),
        sa.ForeignKeyConstraint(
            ["support_post_id"],
            ["support_posts.id"],
            name=op.f("fk_pauses_support_post_id_support_posts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pauses")),
    )
    with op.batch_alter_table("pauses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pauses_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pauses_entered_at"), ["entered_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_pauses_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_pauses_mentee_id"), ["mentee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pauses_mentor_id"), ["mentor_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_pauses_support_post_id"), ["support_post_id"], unique=False
        )

    op.create_table(
        "repointed_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("merge_id", sa.Integer(), nullable=False),
        sa.Column("object_kind", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merge_id"],
            ["person_merges.id"],
            name=op.f("fk_repointed_rows_merge_id_person_merges"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repointed_rows")),
    )
    with op.batch_alter_table("repointed_rows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_repointed_rows_merge_id"), ["merge_id"], unique=False)

    op.create_table(
        "attendances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("mentorship_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_attendances_batch_id_batches")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_attendances_contact_id_contacts")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["accounts.id"], name=op.f("fk_attendances_entered_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["mentorship_id"],
            ["mentorships.id"],
            name=op.f("fk_attendances_mentorship_id_mentorships"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
    )
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendances_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendances_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendances_entered_at"), ["entered_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_attendances_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_attendances_mentorship_id"), ["mentorship_id"], unique=False
        )

    op.create_table(
        "handoffs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("help_session_id", sa.Integer(), nullable=True),
        sa.Column("mentee_id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_handoffs_batch_id_batches")
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["consents.id"], name=op.f("fk_handoffs_consent_id_consents")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["accounts.id"], name=op.f("fk_handoffs_entered_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["help_session_id"],
            ["help_sessions.id"],
            name=op.f("fk_handoffs_help_session_id_help_sessions"),
        ),
        sa.ForeignKeyConstraint(
            ["mentee_id"], ["mentees.id"], name=op.f("fk_handoffs_mentee_id_mentees")
        ),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name=op.f("fk_handoffs_ward_id_wards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handoffs")),
    )
    with op.batch_alter_table("handoffs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handoffs_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handoffs_entered_at"), ["entered_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_handoffs_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_handoffs_help_session_id"), ["help_session_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_handoffs_mentee_id"), ["mentee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handoffs_ward_id"), ["ward_id"], unique=False)

    op.create_table(
        "help_session_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("help_session_id", sa.Integer(), nullable=False),
        sa.Column("target_group_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_help_session_groups_batch_id_batches")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"],
            ["accounts.id"],
            name=op.f("fk_help_session_groups_entered_by_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["help_session_id"],
            ["help_sessions.id"],
            name=op.f("fk_help_session_groups_help_session_id_help_sessions"),
        ),
        sa.ForeignKeyConstraint(
            ["target_group_id"],
            ["target_groups.id"],
            name=op.f("fk_help_session_groups_target_group_id_target_groups"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_session_groups")),
    )
    with op.batch_alter_table("help_session_groups", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_help_session_groups_batch_id"), ["batch_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_help_session_groups_entered_at"), ["entered_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_help_session_groups_entered_by_id"), ["entered_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_help_session_groups_help_session_id"), ["help_session_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_help_session_groups_target_group_id"), ["target_group_id"], unique=False
        )

    if op.get_bind().dialect.name == "postgresql":
        for rule in FIRST_RULES:
            op.execute(postgresql_constraint(rule))


def downgrade() -> None:
    with op.batch_alter_table("help_session_groups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_help_session_groups_target_group_id"))
        batch_op.drop_index(batch_op.f("ix_help_session_groups_help_session_id"))
        batch_op.drop_index(batch_op.f("ix_help_session_groups_entered_by_id"))
        batch_op.drop_index(batch_op.f("ix_help_session_groups_entered_at"))
        batch_op.drop_index(batch_op.f("ix_help_session_groups_batch_id"))

    op.drop_table("help_session_groups")
    with op.batch_alter_table("handoffs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handoffs_ward_id"))
        batch_op.drop_index(batch_op.f("ix_handoffs_mentee_id"))
        batch_op.drop_index(batch_op.f("ix_handoffs_help_session_id"))
        batch_op.drop_index(batch_op.f("ix_handoffs_entered_by_id"))
        batch_op.drop_index(batch_op.f("ix_handoffs_entered_at"))
        batch_op.drop_index(batch_op.f("ix_handoffs_batch_id"))

    op.drop_table("handoffs")
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendances_mentorship_id"))
        batch_op.drop_index(batch_op.f("ix_attendances_entered_by_id"))
        batch_op.drop_index(batch_op.f("ix_attendances_entered_at"))
        batch_op.drop_index(batch_op.f("ix_attendances_contact_id"))
        batch_op.drop_index(batch_op.f("ix_attendances_batch_id"))

    op.drop_table("attendances")
    with op.batch_alter_table("repointed_rows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_repointed_rows_merge_id"))

    op.drop_table("repointed_rows")
    with op.batch_alter_table("pauses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pauses_support_post_id"))
        batch_op.drop_index(batch_op.f("ix_pauses_mentor_id"))
        batch_op.drop_index(batch_op.f("ix_pauses_mentee_id"))
        batch_op.drop_index(batch_op.f("ix_pauses_entered_by_id"))
        batch_op.drop_index(batch_op.f("ix_pauses_entered_at"))
        batch_op.drop_index(batch_op.f("ix_pauses_batch_id"))

    op.drop_table("pauses")
    with op.batch_alter_table("mentorships", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentorships_origin_id"))
        batch_op.drop_index(
            "ix_mentorships_open_by_mentor",
            sqlite_where=sa.text("ended_on IS NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL AND deleted_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_mentorships_open_by_mentee",
            sqlite_where=sa.text("ended_on IS NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL AND deleted_at IS NULL"),
        )
        batch_op.drop_index("ix_mentorships_mentor_ward")
        batch_op.drop_index(batch_op.f("ix_mentorships_mentor_id"))
        batch_op.drop_index("ix_mentorships_mentee_ward")
        batch_op.drop_index(batch_op.f("ix_mentorships_mentee_id"))
        batch_op.drop_index(batch_op.f("ix_mentorships_entered_by_id"))
        batch_op.drop_index(batch_op.f("ix_mentorships_entered_at"))
        batch_op.drop_index(batch_op.f("ix_mentorships_continues_id"))
        batch_op.drop_index(batch_op.f("ix_mentorships_batch_id"))

    op.drop_table("mentorships")
    with op.batch_alter_table("mentor_capacities", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_mentor_capacities_day",
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_mentor_capacities_entered_by_id"))
        batch_op.drop_index(batch_op.f("ix_mentor_capacities_entered_at"))
        batch_op.drop_index(batch_op.f("ix_mentor_capacities_batch_id"))

    op.drop_table("mentor_capacities")
    with op.batch_alter_table("help_sessions", schema=None) as batch_op:
        batch_op.drop_index("ix_help_sessions_ward")
        batch_op.drop_index(batch_op.f("ix_help_sessions_support_post_id"))
        batch_op.drop_index(batch_op.f("ix_help_sessions_reported_in_id"))
        batch_op.drop_index(batch_op.f("ix_help_sessions_procedure_id"))
        batch_op.drop_index(batch_op.f("ix_help_sessions_obstacle_id"))
        batch_op.drop_index(batch_op.f("ix_help_sessions_entered_by_id"))
        batch_op.drop_index(batch_op.f("ix_help_sessions_entered_at"))
        batch_op.drop_index(batch_op.f("ix_help_sessions_batch_id"))

    op.drop_table("help_sessions")
    with op.batch_alter_table("duty_turns", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_duty_turns_turn",
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.drop_index("ix_duty_turns_ward")
        batch_op.drop_index(batch_op.f("ix_duty_turns_support_post_id"))
        batch_op.drop_index(batch_op.f("ix_duty_turns_reported_in_id"))
        batch_op.drop_index(batch_op.f("ix_duty_turns_entered_by_id"))
        batch_op.drop_index(batch_op.f("ix_duty_turns_entered_at"))
        batch_op.drop_index(batch_op.f("ix_duty_turns_batch_id"))

    op.drop_table("duty_turns")
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_index("ix_contacts_ward")
        batch_op.drop_index(batch_op.f("ix_contacts_reported_in_id"))
        batch_op.drop_index(batch_op.f("ix_contacts_mentor_id"))
        batch_op.drop_index(batch_op.f("ix_contacts_entered_by_id"))
        batch_op.drop_index(batch_op.f("ix_contacts_entered_at"))
        batch_op.drop_index(batch_op.f("ix_contacts_batch_id"))

    op.drop_table("contacts")
    with op.batch_alter_table("support_posts", schema=None) as batch_op:
        batch_op.drop_index("ix_support_posts_ward")
        batch_op.drop_index(batch_op.f("ix_support_posts_person_id"))
        batch_op.drop_index(batch_op.f("ix_support_posts_entered_by_id"))
        batch_op.drop_index(batch_op.f("ix_support_posts_entered_at"))
        batch_op.drop_index(batch_op.f("ix_support_posts_batch_id"))

    op.drop_table("support_posts")
    with op.batch_alter_table("roster_import_rows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roster_import_rows_person_id"))
        batch_op.drop_index("ix_roster_import_rows_import")

    op.drop_table("roster_import_rows")
    with op.batch_alter_table("person_merges", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_merges_kept_id"))
        batch_op.drop_index(batch_op.f("ix_person_merges_entered_by_id"))
        batch_op.drop_index(batch_op.f("ix_person_merges_entered_at"))
        batch_op.drop_index(batch_op.f("ix_person_merges_batch_id"))
        batch_op.drop_index(batch_op.f("ix_person_merges_archived_id"))

    op.drop_table("person_merges")
    with op.batch_alter_table("person_languages", schema=None) as batch_op:
        batch_op.drop_index("ix_person_languages_person")
        batch_op.drop_index(batch_op.f("ix_person_languages_language_id"))
        batch_op.drop_index(batch_op.f("ix_person_languages_entered_by_id"))
        batch_op.drop_index(batch_op.f("ix_person_languages_entered_at"))
        batch_op.drop_index(batch_op.f("ix_person_languages_batch_id"))

    op.drop_table("person_languages")
    with op.batch_alter_table("person_groups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_groups_target_group_id"))
        batch_op.drop_index("ix_person_groups_person")
        batch_op.drop_index(batch_op.f("ix_person_groups_entered_by_id"))
        batch_op.drop_index(batch_op.f("ix_person_groups_entered_at"))
        batch_op.drop_index(batch_op.f("ix_person_groups_batch_id"))

    op.drop_table("person_groups")
    with op.batch_alter_table("mentors", schema=None) as batch_op:
        batch_op.drop_index("ix_mentors_ward")
        batch_op.drop_index(batch_op.f("ix_mentors_person_id"))
        batch_op.drop_index(batch_op.f("ix_mentors_origin_id"))
        batch_op.drop_index(
            "ix_mentors_open",
            sqlite_where=sa.text("ended_on IS NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL AND deleted_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_mentors_entered_by_id"))
        batch_op.drop_index(batch_op.f("ix_mentors_entered_at"))
        batch_op.drop_index(batch_op.f("ix_mentors_continues_id"))
        batch_op.drop_index(batch_op.f("ix_mentors_batch_id"))

    op.drop_table("mentors")
    with op.batch_alter_table("mentees", schema=None) as batch_op:
        batch_op.drop_index("ix_mentees_ward")
        batch_op.drop_index(batch_op.f("ix_mentees_person_id"))
        batch_op.drop_index(batch_op.f("ix_mentees_origin_id"))
        batch_op.drop_index(
            "ix_mentees_open",
            sqlite_where=sa.text("ended_on IS NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL AND deleted_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_mentees_entered_by_id"))
        batch_op.drop_index(batch_op.f("ix_mentees_entered_at"))
        batch_op.drop_index(batch_op.f("ix_mentees_continues_id"))
        batch_op.drop_index(batch_op.f("ix_mentees_batch_id"))

    op.drop_table("mentees")
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consents_person_id"))
        batch_op.drop_index(batch_op.f("ix_consents_entered_by_id"))
        batch_op.drop_index(batch_op.f("ix_consents_entered_at"))
        batch_op.drop_index(batch_op.f("ix_consents_batch_id"))

    op.drop_table("consents")
    with op.batch_alter_table("account_people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_people_person_id"))

    op.drop_table("account_people")
    with op.batch_alter_table("persons", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_persons_sort_key"))
        batch_op.drop_index(batch_op.f("ix_persons_search_text"))
        batch_op.drop_index(batch_op.f("ix_persons_phone"))
        batch_op.drop_index(batch_op.f("ix_persons_merged_into_id"))
        batch_op.drop_index(batch_op.f("ix_persons_hamlet_id"))
        batch_op.drop_index(batch_op.f("ix_persons_entered_by_id"))
        batch_op.drop_index(batch_op.f("ix_persons_entered_at"))
        batch_op.drop_index(batch_op.f("ix_persons_batch_id"))

    op.drop_table("persons")
    with op.batch_alter_table("changed_values", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_changed_values_change_id"))

    op.drop_table("changed_values")
    with op.batch_alter_table("roster_imports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roster_imports_ward_id"))
        batch_op.drop_index(batch_op.f("ix_roster_imports_file_digest"))
        batch_op.drop_index(batch_op.f("ix_roster_imports_batch_id"))
        batch_op.drop_index(batch_op.f("ix_roster_imports_account_id"))

    op.drop_table("roster_imports")
    with op.batch_alter_table("request_keys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_request_keys_batch_id"))

    op.drop_table("request_keys")
    op.drop_table("report_editions")
    with op.batch_alter_table("hamlets", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_hamlets_name",
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_hamlets_entered_by_id"))
        batch_op.drop_index(batch_op.f("ix_hamlets_entered_at"))
        batch_op.drop_index(batch_op.f("ix_hamlets_batch_id"))

    op.drop_table("hamlets")
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.drop_index("ix_changes_object")
        batch_op.drop_index(batch_op.f("ix_changes_batch_id"))

    op.drop_table("changes")
    with op.batch_alter_table("ward_borders", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ward_borders_ward_b_id"))

    op.drop_table("ward_borders")
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_ins_account_id"))

    op.drop_table("sign_ins")
    op.drop_table("settings")
    op.drop_table("reporting_periods")
    with op.batch_alter_table("one_time_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_one_time_links_account_id"))

    op.drop_table("one_time_links")
    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grants_ward_id"))
        batch_op.drop_index(batch_op.f("ix_grants_account_id"))

    op.drop_table("grants")
    with op.batch_alter_table("erasures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_erasures_person_id"))

    op.drop_table("erasures")
    with op.batch_alter_table("batches", schema=None) as batch_op:
        batch_op.drop_index("ix_batches_ward")
        batch_op.drop_index(batch_op.f("ix_batches_account_id"))

    op.drop_table("batches")
    op.drop_table("wards")
    op.drop_table("target_groups")
    op.drop_table("skills")
    with op.batch_alter_table("sign_in_failures", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_failures_pair")
        batch_op.drop_index(batch_op.f("ix_sign_in_failures_failed_at"))

    op.drop_table("sign_in_failures")
    op.drop_table("procedures")
    op.drop_table("obstacles")
    op.drop_table("languages")
    op.drop_table("end_reasons")
    op.drop_table("accounts")
