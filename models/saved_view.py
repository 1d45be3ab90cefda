"""How somebody likes to see a list: its filter, order and columns, under a name."""

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Recorded


class SavedView(Recorded, Base):
    """A view of a list, of the account that entered it. `query` is what stands behind the «?».

    It holds nothing that was typed to find a person.
    """

    __tablename__ = "saved_views"

    id: Mapped[int] = mapped_column(primary_key=True)
    list_key: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(String(1000))

    __table_args__ = (
        CheckConstraint("length(name) >= 1", name="has_name"),
        Index("ix_saved_views_owner", "entered_by_id", "list_key"),
    )
