"""One human, once; with groups, languages, consents, and what merging and erasure leave behind."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, func
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates
from sqlalchemy.sql import ColumnElement

from models.base import Base, Recorded, UtcDateTime, enum_type, index_where_filled
from models.catalogue import Language, Tag, TargetGroup
from models.enums import ConsentMethod, Gender, GroupBasis
from models.names import fold, normalise_name, sort_key
from models.ward import Hamlet

GUARDIAN_AGE = 16


class Person(Recorded, Base):
    """A human with any number of roles over time. Names are one field, kept as typed (NFC)."""

    __tablename__ = "persons"

    id: Mapped[int] = mapped_column(primary_key=True)
    full_name: Mapped[str] = mapped_column(String(120))
    search_text: Mapped[str] = mapped_column(String(120))
    sort_key: Mapped[str] = mapped_column(String(400), index=True)
    birth_year: Mapped[int | None]
    gender: Mapped[Gender | None] = mapped_column(enum_type(Gender))
    phone: Mapped[str | None] = mapped_column(String(16))
    hamlet_id: Mapped[int | None] = mapped_column(ForeignKey("hamlets.id"))
    note: Mapped[str | None] = mapped_column(String(1000))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    anonymised_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    hamlet: Mapped[Hamlet | None] = relationship()
    groups: Mapped[list["PersonGroup"]] = relationship(
        back_populates="person", order_by="PersonGroup.target_group_id"
    )
    languages: Mapped[list["PersonLanguage"]] = relationship(
        back_populates="person", order_by="PersonLanguage.language_id"
    )
    consents: Mapped[list["Consent"]] = relationship(
        back_populates="person", order_by="Consent.given_on.desc(), Consent.id.desc()"
    )

    __table_args__ = (
        CheckConstraint("birth_year BETWEEN 1900 AND 2100", name="birth_year_plausible"),
        CheckConstraint("length(full_name) >= 1", name="has_name"),
        CheckConstraint("merged_into_id <> id", name="not_merged_into_itself"),
        # Finds namesakes, and those of one year whose phones do not differ, without their rows.
        Index("ix_persons_likeness", "search_text", "birth_year", "phone"),
        index_where_filled("persons", "phone"),
        index_where_filled("persons", "hamlet_id"),
        index_where_filled("persons", "merged_into_id"),
    )

    @validates("full_name")
    def _fold_name(self, _key: str, name: str) -> str:
        name = normalise_name(name)
        self.search_text = fold(name)
        self.sort_key = sort_key(name)
        return name

    @hybrid_property
    def canonical_id(self) -> int:
        """The person that this one was merged into, or itself: what counts of people count."""
        return self.merged_into_id or self.id

    @canonical_id.inplace.expression
    @classmethod
    def _canonical_id(cls) -> ColumnElement[int]:
        return func.coalesce(cls.merged_into_id, cls.id)

    def needs_guardian(self, year: int) -> bool:
        """Under 16 a representative consents; by birth year alone the whole 16th year is safe."""
        return self.birth_year is not None and year - self.birth_year <= GUARDIAN_AGE


class Consent(Recorded, Base):
    """Who agreed, when, how, to which text, asked by whom; never pre-ticked."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    given_on: Mapped[date]
    method: Mapped[ConsentMethod] = mapped_column(enum_type(ConsentMethod))
    text_version: Mapped[str] = mapped_column(String(20))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    guardian_name: Mapped[str | None] = mapped_column(String(120))
    withdrawn_on: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="consents")

    __table_args__ = (
        CheckConstraint("withdrawn_on IS NULL OR withdrawn_on >= given_on", name="withdrawn_later"),
    )


class PersonGroup(Recorded, Base):
    """A person's membership of a target group; a sensitive one names its basis and date."""

    __tablename__ = "person_groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    target_group_id: Mapped[int] = mapped_column(ForeignKey("target_groups.id"), index=True)
    basis: Mapped[GroupBasis | None] = mapped_column(enum_type(GroupBasis))
    basis_on: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="groups")
    target_group: Mapped[TargetGroup] = relationship()

    __table_args__ = (
        Index("ix_person_groups_person", "person_id", "target_group_id"),
        CheckConstraint("(basis IS NULL) = (basis_on IS NULL)", name="basis_dated"),
    )


class PersonLanguage(Recorded, Base):
    """A language that a person speaks, or needs to be taught in."""

    __tablename__ = "person_languages"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    language_id: Mapped[int] = mapped_column(ForeignKey("languages.id"), index=True)

    person: Mapped[Person] = relationship(back_populates="languages")
    language: Mapped[Language] = relationship()

    __table_args__ = (Index("ix_person_languages_person", "person_id", "language_id"),)


class PersonTag(Recorded, Base):
    """A person takes part in a movement, or belongs to a team; once each."""

    __tablename__ = "person_tags"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id"))

    person: Mapped[Person] = relationship()
    tag: Mapped[Tag] = relationship()

    __table_args__ = (
        Index("ix_person_tags_person", "person_id", "tag_id"),
        Index("ix_person_tags_tag", "tag_id", "person_id"),
    )


class PersonMerge(Recorded, Base):
    """Two rows that proved to be one human: which was archived into which."""

    __tablename__ = "person_merges"

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    archived_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    merged_on: Mapped[date]


class RepointedRow(Base):
    """A row that a merge moved from the archived person to the kept one, for the way back."""

    __tablename__ = "repointed_rows"

    id: Mapped[int] = mapped_column(primary_key=True)
    merge_id: Mapped[int] = mapped_column(ForeignKey("person_merges.id"), index=True)
    object_kind: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[int]


class Erasure(Base):
    """The ledger of persons made anonymous; replayed after any restore. Holds no name."""

    __tablename__ = "erasures"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(index=True)
    erased_at: Mapped[datetime] = mapped_column(UtcDateTime)
    erased_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
