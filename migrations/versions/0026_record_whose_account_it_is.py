"""Record who said whose account it is, so that it can be taken back.

Until now only the demonstration filled the table: its links stand as entered when their account was
made, in the unit of their person.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

TABLE = "account_people"
PERSON_INDEX = f"ix_{TABLE}_person_id"
LINKS = sa.table(
    TABLE,
    sa.column("account_id"),
    sa.column("person_id"),
    sa.column("entered_at"),
    sa.column("version"),
    sa.column("deleted_at"),
    sa.column("batch_id"),
)
PERSONS = sa.table("persons", sa.column("id"), sa.column("batch_id"))
ACCOUNTS = sa.table("accounts", sa.column("id"), sa.column("created_at"))


def upgrade() -> None:
    known = (
        op.get_bind()
        .execute(
            sa.select(
                LINKS.c.account_id, LINKS.c.person_id, ACCOUNTS.c.created_at, PERSONS.c.batch_id
            )
            .join(ACCOUNTS, ACCOUNTS.c.id == LINKS.c.account_id)
            .join(PERSONS, PERSONS.c.id == LINKS.c.person_id)
            .order_by(LINKS.c.account_id)
        )
        .all()
    )
    op.drop_table(TABLE)
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        *_links(),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        _foreign_key("entered_by_id", "accounts"),
        _foreign_key("batch_id", "batches"),
    )
    op.create_index(PERSON_INDEX, TABLE, ["person_id"])
    op.create_index(op.f(f"ix_{TABLE}_batch_id"), TABLE, ["batch_id"])
    is_living = sa.text("deleted_at IS NULL")
    op.create_index(
        f"uq_{TABLE}_account_id",
        TABLE,
        ["account_id"],
        unique=True,
        sqlite_where=is_living,
        postgresql_where=is_living,
    )
    columns = ("account_id", "person_id", "entered_at", "batch_id")
    for row in known:
        values = dict(zip(columns, row, strict=True))
        op.execute(LINKS.insert().values(**values, version=1))


def downgrade() -> None:
    known = (
        op.get_bind()
        .execute(
            sa.select(LINKS.c.account_id, LINKS.c.person_id).where(LINKS.c.deleted_at.is_(None))
        )
        .all()
    )
    op.drop_table(TABLE)
    op.create_table(
        TABLE, *_links(), sa.PrimaryKeyConstraint("account_id", name=op.f(f"pk_{TABLE}"))
    )
    op.create_index(PERSON_INDEX, TABLE, ["person_id"])
    for account_id, person_id in known:
        op.execute(LINKS.insert().values(account_id=account_id, person_id=person_id))


def _links() -> list[sa.Column[int] | sa.ForeignKeyConstraint]:
    return [
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        _foreign_key("account_id", "accounts"),
        _foreign_key("person_id", "persons"),
    ]


def _foreign_key(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{TABLE}_{column}_{target}")
    )
