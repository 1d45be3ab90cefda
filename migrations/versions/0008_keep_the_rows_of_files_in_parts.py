"""Keep the rows of an imported file a thousand at a time, instead of a row of the table each."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

FILE_ROW = 0
ROWS_IN_A_PART = 1_000
FIELDS = (
    "full_name",
    "role",
    "birth_year",
    "gender",
    "phone",
    "ward",
    "hamlet",
    "mentor_phone",
    "mentor_name",
    "groups",
    "languages",
    "started_on",
    "ended_on",
    "reason",
    "capacity",
    "consent_method",
    "consent_on",
    "note",
)
MESSAGE = 4
ROWS = sa.table(
    "roster_import_rows",
    sa.column("id", sa.Integer),
    sa.column("roster_import_id", sa.Integer),
    sa.column("sheet", sa.String),
    sa.column("row_number", sa.Integer),
    sa.column("outcome", sa.String),
    sa.column("values", sa.JSON),
    sa.column("message", sa.Text),
    sa.column("person_id", sa.Integer),
)
PARTS = sa.table(
    "roster_import_parts",
    sa.column("id", sa.Integer),
    sa.column("roster_import_id", sa.Integer),
    sa.column("content", sa.Text),
)


def upgrade() -> None:
    op.create_table(
        "roster_import_parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roster_import_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["roster_import_id"],
            ["roster_imports.id"],
            name=op.f("fk_roster_import_parts_roster_import_id_roster_imports"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_import_parts")),
    )
    op.create_index(
        op.f("ix_roster_import_parts_roster_import_id"), "roster_import_parts", ["roster_import_id"]
    )
    for import_id in imports_of(ROWS):
        for content in parts_of(import_id):
            new = {"roster_import_id": import_id, "content": json.dumps(content)}
            op.get_bind().execute(sa.insert(PARTS).values(new))
    op.drop_table("roster_import_rows")


def downgrade() -> None:
    outcomes = ("created", "unchanged", "duplicate", "rejected", "pending")
    outcome = sa.Enum(
        *outcomes, name="rowoutcome", native_enum=False, create_constraint=True, length=32
    )
    op.create_table(
        "roster_import_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roster_import_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(length=120), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("outcome", outcome, nullable=False),
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
    op.create_index(
        "ix_roster_import_rows_import", "roster_import_rows", ["roster_import_id", "row_number"]
    )
    op.create_index(op.f("ix_roster_import_rows_person_id"), "roster_import_rows", ["person_id"])
    for import_id in imports_of(PARTS):
        for row in rows_of(import_id):
            op.get_bind().execute(sa.insert(ROWS).values(roster_import_id=import_id, **row))
    op.drop_table("roster_import_parts")


def imports_of(table: sa.TableClause) -> list[int]:
    imports = sa.select(table.c.roster_import_id).distinct().order_by(table.c.roster_import_id)
    return list(op.get_bind().scalars(imports))


def parts_of(import_id: int) -> Iterator[Any]:
    """Yield what is told of the file, then lists of its rows."""
    kept = sa.select(ROWS).where(ROWS.c.roster_import_id == import_id).order_by(ROWS.c.id)
    rows = op.get_bind().execute(kept).all()
    yield from (row.values for row in rows if row.row_number == FILE_ROW)
    packed = [packed_row(row) for row in rows if row.row_number != FILE_ROW]
    for _, part in groupby(enumerate(packed), key=lambda numbered: numbered[0] // ROWS_IN_A_PART):
        yield [row for _, row in part]


def packed_row(row: Any) -> list[Any]:
    said = row.values["fields"]
    lists = {"full_name": "", "groups": [], "languages": []}
    values = [said.get(name, lists.get(name)) for name in FIELDS]
    problems = (row.values["read"], row.values["found"])
    return [row.sheet, row.row_number, row.outcome, row.person_id, values, *problems]


def rows_of(import_id: int) -> Iterator[dict[str, Any]]:
    kept = sa.select(PARTS).where(PARTS.c.roster_import_id == import_id).order_by(PARTS.c.id)
    told, *parts = [json.loads(part.content) for part in op.get_bind().execute(kept)]
    yield {"sheet": "", "row_number": FILE_ROW, "outcome": "pending", "values": told}
    for sheet, row_number, outcome, person_id, said, read, found in (
        row for p in parts for row in p
    ):
        fields = {
            name: value
            for name, value in zip(FIELDS, said, strict=True)
            if value is not None and value != []
        }
        yield {
            "sheet": sheet[:120],
            "row_number": row_number,
            "outcome": outcome,
            "values": {"fields": fields, "read": read, "found": found},
            "message": "\n".join(problem[MESSAGE] for problem in (*read, *found)) or None,
            "person_id": person_id,
        }
