"""The office's lists, against which the words of a roster file are matched."""

from typing import NamedTuple

from sqlalchemy import select

from app.exchange.records import RosterRole
from models import EndReason, Language, TargetGroup, db


class ReasonRow(NamedTuple):
    """Why something may end, and what it may end."""

    id: int
    code: str
    label: str
    roles: frozenset[RosterRole]
    ends_mentorships: bool


class GroupRow(NamedTuple):
    id: int
    label: str
    is_sensitive: bool


class LanguageRow(NamedTuple):
    id: int
    label: str


class Catalogues(NamedTuple):
    """The office's lists, in its order, also with what is no longer offered."""

    groups: tuple[GroupRow, ...]
    languages: tuple[LanguageRow, ...]
    reasons: tuple[ReasonRow, ...]


def get_catalogues() -> Catalogues:
    """Return the lists against which the words of a file are matched."""
    groups = select(TargetGroup.id, TargetGroup.label, TargetGroup.is_sensitive).order_by(
        TargetGroup.position, TargetGroup.id
    )
    languages = select(Language.id, Language.label).order_by(Language.position, Language.id)
    reasons = select(EndReason).order_by(EndReason.position, EndReason.id)
    return Catalogues(
        tuple(GroupRow(*row) for row in db.session.execute(groups)),
        tuple(LanguageRow(*row) for row in db.session.execute(languages)),
        tuple(_reason(reason) for reason in db.session.scalars(reasons)),
    )


def _reason(reason: EndReason) -> ReasonRow:
    flags = {
        RosterRole.MENTOR: reason.for_mentor,
        RosterRole.MENTEE: reason.for_mentee,
        RosterRole.SUPPORT: reason.for_support_post,
    }
    roles = frozenset(role for role, holds in flags.items() if holds)
    return ReasonRow(reason.id, reason.code, reason.label, roles, reason.for_mentorship)
