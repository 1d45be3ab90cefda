"""Wards (phường, xã), their shared borders, and the hamlets inside them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from models.base import Base, Recorded, enum_type
from models.enums import WardKind
from models.names import fold, normalise_name


class Ward(Base):
    """One commune-level unit, known by its official five-digit code."""

    __tablename__ = "wards"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(5), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[WardKind] = mapped_column(enum_type(WardKind))
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    search_text: Mapped[str] = mapped_column(String(80))
    province_code: Mapped[str] = mapped_column(String(2))
    latitude: Mapped[float]
    longitude: Mapped[float]
    area_km2: Mapped[float]
    population: Mapped[int | None]
    former_province: Mapped[str] = mapped_column(String(40))
    former_district: Mapped[str] = mapped_column(String(80))
    is_border_commune: Mapped[bool]
    is_coastal: Mapped[bool]
    is_island: Mapped[bool]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    succeeded_by_id: Mapped[int | None] = mapped_column(ForeignKey("wards.id"))

    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="valid_span"),
        CheckConstraint("length(code) = 5", name="code_length"),
    )

    @property
    def full_name(self) -> str:
        """The name with its kind, as in «xã Ia Dom»."""
        return f"{self.kind.value} {self.name}"


class WardBorder(Base):
    """Two wards that share a land border; each pair once, the smaller id first."""

    __tablename__ = "ward_borders"

    ward_a_id: Mapped[int] = mapped_column(ForeignKey("wards.id"), primary_key=True)
    ward_b_id: Mapped[int] = mapped_column(ForeignKey("wards.id"), primary_key=True, index=True)
    border_km: Mapped[float]

    __table_args__ = (CheckConstraint("ward_a_id < ward_b_id", name="ordered_pair"),)


class Hamlet(Recorded, Base):
    """A thôn, làng or tổ dân phố of one ward."""

    __tablename__ = "hamlets"

    id: Mapped[int] = mapped_column(primary_key=True)
    ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id"))
    name: Mapped[str] = mapped_column(String(80))
    search_text: Mapped[str] = mapped_column(String(80))

    ward: Mapped[Ward] = relationship()

    __table_args__ = (
        Index(
            "uq_hamlets_name",
            "ward_id",
            "search_text",
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
            postgresql_where=text("deleted_at IS NULL"),
        ),
    )

    @validates("name")
    def _fold_name(self, _key: str, name: str) -> str:
        name = normalise_name(name)
        self.search_text = fold(name)
        return name
