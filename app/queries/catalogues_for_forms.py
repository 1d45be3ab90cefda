"""The active entries of the office's lists, as the choices of forms."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Select, select

from app.queries.kept_statements import kept_statement, read_rows
from models import EndReason, Language, Tag, TargetGroup, db
from models.enums import PersonRole

# The reason, by its code, that says more than that the role is over.
CONSENT_WITHDRAWN = "withdrew"
REASON_FLAGS = {
    PersonRole.MENTOR: EndReason.for_mentor,
    PersonRole.MENTEE: EndReason.for_mentee,
    PersonRole.SUPPORT_POST: EndReason.for_support_post,
}


class Choice(NamedTuple):
    id: int
    label: str


class GroupChoice(NamedTuple):
    """A target group; a sensitive one needs a recorded basis."""

    id: int
    label: str
    is_sensitive: bool


class TagChoice(NamedTuple):
    """A tag; what is no team is a movement."""

    id: int
    code: str
    label: str
    is_team: bool


def list_groups() -> list[GroupChoice]:
    """Return the target groups in the office's order."""
    statement = (
        select(TargetGroup.id, TargetGroup.label, TargetGroup.is_sensitive)
        .where(TargetGroup.is_active)
        .order_by(TargetGroup.position, TargetGroup.id)
    )
    return [GroupChoice(*row) for row in db.session.execute(statement)]


def list_languages() -> list[Choice]:
    """Return the languages in the office's order."""
    statement = (
        select(Language.id, Language.label)
        .where(Language.is_active)
        .order_by(Language.position, Language.id)
    )
    return [Choice(*row) for row in db.session.execute(statement)]


def list_tags() -> list[TagChoice]:
    """Return the tags in the office's order."""
    return [TagChoice(*row) for row in read_rows(_tags())]


@kept_statement
def _tags() -> Select[int, str, str, bool]:
    return (
        select(Tag.id, Tag.code, Tag.label, Tag.is_team)
        .where(Tag.is_active)
        .order_by(Tag.position, Tag.id)
    )


def get_end_reason(code: str) -> EndReason:
    """Return the reason of a shipped code, for writing."""
    return db.session.scalars(select(EndReason).where(EndReason.code == code)).one()


def sensitive_groups(group_ids: Collection[int]) -> dict[int, str]:
    """Return the label of each of the groups that is sensitive, by id, in the office's order."""
    statement = (
        select(TargetGroup.id, TargetGroup.label)
        .where(TargetGroup.id.in_(group_ids), TargetGroup.is_sensitive)
        .order_by(TargetGroup.position, TargetGroup.id)
    )
    return dict(db.session.execute(statement).all())


def list_end_reasons(role: PersonRole, *, of_many: bool = False) -> list[Choice]:
    """Return the reasons for which a role may end.

    For that of many people at once, without the one that each of them has to declare.
    """
    statement = (
        select(EndReason.id, EndReason.label)
        .where(EndReason.is_active, REASON_FLAGS[role])
        .order_by(EndReason.position, EndReason.id)
    )
    if of_many:
        statement = statement.where(EndReason.code != CONSENT_WITHDRAWN)
    return [Choice(*row) for row in db.session.execute(statement)]
