"""Log-ins, what they are allowed over which dates, and the devices that are signed in."""

from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Recorded, Spell, UtcDateTime, enum_type
from models.enums import LinkPurpose, Role
from models.person import Person
from models.ward import Ward


class Account(UserMixin, Base):  # type: ignore[misc]  # Flask-Login ships no types
    """A personal log-in. What it may do stands in its grants; nothing follows from a post."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(64), unique=True)
    display_name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None] = mapped_column(String(255))
    must_change_password: Mapped[bool] = mapped_column(default=False)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    grants: Mapped[list["Grant"]] = relationship(
        back_populates="account", foreign_keys="Grant.account_id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # read once by the mapper
    __table_args__ = (CheckConstraint("username = lower(username)", name="username_lower"),)

    @property
    def is_active(self) -> bool:
        return self.disabled_at is None


class AccountPerson(Recorded, Base):
    """The human behind a log-in, where that human is on the roster too."""

    __tablename__ = "account_people"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)

    account: Mapped[Account] = relationship(foreign_keys=account_id)
    person: Mapped[Person] = relationship()

    __table_args__ = (
        Index(
            "uq_account_people_account_id",
            "account_id",
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
            postgresql_where=text("deleted_at IS NULL"),
        ),
    )


class Grant(Spell, Base):
    """A role over a ward, or over the whole province where `ward_id` is empty."""

    __tablename__ = "grants"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    role: Mapped[Role] = mapped_column(enum_type(Role))
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("wards.id"), index=True)
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship(back_populates="grants", foreign_keys=[account_id])
    ward: Mapped[Ward | None] = relationship()

    __table_args__ = (
        # Unlike other spells, a grant may be taken back on the day it was given.
        CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="ends_after_start"),
        CheckConstraint(
            "(role IN ('leader', 'support')) = (ward_id IS NOT NULL)", name="ward_by_role"
        ),
    )


class SignIn(Base):
    """One signed-in device. The cookie carries a random token; only its hash is stored."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(120))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship()


class SignInFailure(Base):
    """A failed sign-in, counted for throttling by account name and by address, both hashed."""

    __tablename__ = "sign_in_failures"

    id: Mapped[int] = mapped_column(primary_key=True)
    username_hash: Mapped[str] = mapped_column(String(64))
    address_hash: Mapped[str] = mapped_column(String(64))
    failed_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    __table_args__ = (
        Index("ix_sign_in_failures_pair", "username_hash", "address_hash", "failed_at"),
    )


class OneTimeLink(Base):
    """An invitation or reset. Only the hash of the token is stored."""

    __tablename__ = "one_time_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[LinkPurpose] = mapped_column(enum_type(LinkPurpose))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    account: Mapped[Account | None] = relationship()
