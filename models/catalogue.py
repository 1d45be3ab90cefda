"""Lists that the office may edit: labels and order change, codes never do."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class CatalogueEntry:
    """What the rows of every catalogue have in common. An inactive entry is kept for the past."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    label: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)


class Procedure(CatalogueEntry, Base):
    """A field of public service that people come to the desk for."""

    __tablename__ = "procedures"


class Obstacle(CatalogueEntry, Base):
    """What kept a citizen from doing it alone."""

    __tablename__ = "obstacles"


class TargetGroup(CatalogueEntry, Base):
    """A group that the plan names; a sensitive one is stored only with a recorded basis."""

    __tablename__ = "target_groups"

    is_sensitive: Mapped[bool] = mapped_column(default=False)


class Skill(CatalogueEntry, Base):
    """One item of the curriculum."""

    __tablename__ = "skills"


class Language(CatalogueEntry, Base):
    __tablename__ = "languages"


class Tag(CatalogueEntry, Base):
    """What people take part in: a movement of the plan (phong trào), or a team (đội, tổ)."""

    __tablename__ = "tags"

    is_team: Mapped[bool] = mapped_column(default=False)


class EndReason(CatalogueEntry, Base):
    """Why a spell or a mentorship ended. `is_completion` marks success."""

    __tablename__ = "end_reasons"

    is_completion: Mapped[bool] = mapped_column(default=False)
    for_mentorship: Mapped[bool] = mapped_column(default=False)
    for_mentor: Mapped[bool] = mapped_column(default=False)
    for_mentee: Mapped[bool] = mapped_column(default=False)
    for_support_post: Mapped[bool] = mapped_column(default=False)
