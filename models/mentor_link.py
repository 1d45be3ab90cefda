"""The link that opens a mentor's own page without an account, and what was done through it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, UtcDateTime, enum_type
from models.enums import LinkDeed
from models.mentor import Mentor


class MentorLink(Base):
    """A link of one mentor spell. Only the hash of its token is stored; a new one ends the old.

    Not undoable on purpose: what was switched off never opens again.
    """

    __tablename__ = "mentor_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("mentors.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    mentor: Mapped[Mentor] = relationship()

    __table_args__ = (Index("ix_mentor_links_mentor", "mentor_id", "created_at"),)


class MentorLinkUse(Base):
    """One opening of a link, or one thing done through it (`batch_id` says what was written)."""

    __tablename__ = "mentor_link_uses"

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("mentor_links.id"))
    deed: Mapped[LinkDeed] = mapped_column(enum_type(LinkDeed))
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batches.id"), index=True)

    link: Mapped[MentorLink] = relationship()

    __table_args__ = (Index("ix_mentor_link_uses_link", "link_id", "used_at"),)
