"""The links of mentors: which one is open, what it may show, and what was done through it."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select

from app.access.link_tokens import is_own_token
from app.access.scope import WardScope
from app.queries.sign_ins import hash_token
from app.queries.skills import list_skills, skill_states
from models import (
    Attendance,
    Contact,
    Mentee,
    Mentor,
    MentorLink,
    MentorLinkUse,
    Mentorship,
    Person,
    Ward,
    db,
)
from models.enums import LinkDeed, SkillLevel

PURPOSE = "mentor"
LATEST_USES = 20


class OpenMentorLink(NamedTuple):
    """A link that may be used: whose it is, and in which ward."""

    id: int
    mentor_id: int
    ward_id: int
    full_name: str
    ward_name: str

    @property
    def scope(self) -> WardScope:
        """The ward of the mentor; whoever asks through a link has no account."""
        return WardScope.of([self.ward_id])


class LinkState(NamedTuple):
    """The open link of a mentor as the leader sees it; never its token."""

    id: int
    created_at: datetime
    expires_at: datetime
    openings: int
    last_used_at: datetime | None


class LinkUse(NamedTuple):
    """Something done through any link of a mentor."""

    deed: LinkDeed
    used_at: datetime


class OwnMentee(NamedTuple):
    """A mentee as the mentor's own page names them, and whether they were met on the day.

    `is_own_mark`: the meeting was noted through the link, so that it can be taken back there.
    `reached` are the skills of today's curriculum done alone, None while nothing was assessed.
    """

    mentorship_id: int
    given_name: str
    is_met: bool
    is_own_mark: bool
    reached: tuple[str, ...] | None


def find_open_link(token: str, *, now: datetime, day: date) -> OpenMentorLink | None:
    """Return the link of a token unless it was switched off, is too old, or of no mentor any more.

    A token that this site did not sign is not looked up.
    """
    if not is_own_token(token, PURPOSE):
        return None
    statement = (
        select(MentorLink.id, Mentor.id, Mentor.ward_id, Person.full_name, Ward.name)
        .join(Mentor, Mentor.id == MentorLink.mentor_id)
        .join(Person, Person.id == Mentor.person_id)
        .join(Ward, Ward.id == Mentor.ward_id)
        .where(
            MentorLink.token_hash == hash_token(token),
            MentorLink.ended_at.is_(None),
            MentorLink.expires_at > now,
            Mentor.is_open_on(day),
            Person.merged_into_id.is_(None),
        )
    )
    row = db.session.execute(statement).first()
    return None if row is None else OpenMentorLink(*row)


def is_still_open(scope: WardScope, link_id: int, now: datetime) -> bool:
    """Say whether a link of the scope may still be used; for writing."""
    statement = (
        select(MentorLink.id)
        .join(Mentor, Mentor.id == MentorLink.mentor_id)
        .where(MentorLink.id == link_id, scope.limit(Mentor.ward_id))
        .where(MentorLink.ended_at.is_(None), MentorLink.expires_at > now)
    )
    return db.session.scalar(statement) is not None


def get_link_state(scope: WardScope, mentor_id: int, now: datetime) -> LinkState | None:
    """Return the open link of a mentor of the scope, or None."""
    used = select(
        func.count().filter(MentorLinkUse.deed == LinkDeed.OPENED),
        func.max(MentorLinkUse.used_at),
    )
    link = db.session.execute(
        select(MentorLink.id, MentorLink.created_at, MentorLink.expires_at)
        .join(Mentor, Mentor.id == MentorLink.mentor_id)
        .where(MentorLink.mentor_id == mentor_id, scope.limit(Mentor.ward_id))
        .where(MentorLink.ended_at.is_(None), MentorLink.expires_at > now)
        .order_by(MentorLink.id.desc())
    ).first()
    if link is None:
        return None
    openings, last = db.session.execute(used.where(MentorLinkUse.link_id == link.id)).one()
    return LinkState(*link, openings, last)


def list_uses(scope: WardScope, mentor_id: int) -> list[LinkUse]:
    """Return what was done last through the links of a mentor of the scope."""
    statement = (
        select(MentorLinkUse.deed, MentorLinkUse.used_at)
        .join(MentorLink, MentorLink.id == MentorLinkUse.link_id)
        .join(Mentor, Mentor.id == MentorLink.mentor_id)
        .where(MentorLink.mentor_id == mentor_id, scope.limit(Mentor.ward_id))
        .order_by(MentorLinkUse.id.desc())
        .limit(LATEST_USES)
    )
    return [LinkUse(*row) for row in db.session.execute(statement)]


def list_own_mentees(scope: WardScope, mentor_id: int, day: date) -> list[OwnMentee]:
    """Return whom a mentor of the scope guides on a day, by given name; nothing else of them.

    Two of one name are numbered: a family name would say more than the mentor needs on a phone.
    """
    statement = (
        select(Mentorship.id, Mentee.person_id, Person.full_name)
        .join(Mentee, Mentee.id == Mentorship.mentee_id)
        .join(Person, Person.id == Mentee.person_id)
        .where(Mentorship.mentor_id == mentor_id, scope.limit(Mentorship.mentor_ward_id))
        .where(Mentorship.is_open_on(day))
        .order_by(Person.sort_key, Mentorship.id)
    )
    rows = db.session.execute(statement).all()
    reached = _reached(scope, [row.person_id for row in rows], day)
    marks = _marks_of_day(scope, mentor_id, day)
    names = _given_names([row.full_name for row in rows])
    return [
        OwnMentee(
            row.id,
            name,
            row.id in marks,
            marks.get(row.id, False),
            reached.get(row.person_id),
        )
        for row, name in zip(rows, names, strict=True)
    ]


def find_marks_by_link(
    scope: WardScope, mentor_id: int, day: date, mentorship_id: int | None = None
) -> list[Attendance]:
    """Return what was noted of a day through any link of a mentor, for writing."""
    statement = (
        select(Attendance)
        .join(Contact, Contact.id == Attendance.contact_id)
        .join(MentorLinkUse, MentorLinkUse.batch_id == Attendance.batch_id)
        .where(Contact.mentor_id == mentor_id, scope.limit(Contact.ward_id))
        .where(Contact.service_date == day, MentorLinkUse.deed == LinkDeed.MET)
        .order_by(Attendance.id)
    )
    if mentorship_id is not None:
        statement = statement.where(Attendance.mentorship_id == mentorship_id)
    return list(db.session.scalars(statement))


def _marks_of_day(scope: WardScope, mentor_id: int, day: date) -> dict[int, bool]:
    """Return who was met on a day, and whether only the link says so."""
    met = db.session.execute(
        select(Attendance.mentorship_id, Attendance.id)
        .join(Contact, Contact.id == Attendance.contact_id)
        .where(Contact.mentor_id == mentor_id, Contact.service_date == day)
        .where(scope.limit(Contact.ward_id))
    ).all()
    own = {mark.id for mark in find_marks_by_link(scope, mentor_id, day)}
    marks: dict[int, bool] = {}
    for mentorship_id, attendance_id in met:
        marks[mentorship_id] = marks.get(mentorship_id, True) and attendance_id in own
    return marks


def _reached(
    scope: WardScope, person_ids: Collection[int], day: date
) -> dict[int, tuple[str, ...]]:
    """Return the labels of what each person does alone; who was never assessed is missing."""
    states = skill_states(scope, person_ids, day)
    skills = list_skills(scope)
    return {
        person_id: tuple(
            skill.label
            for skill in skills
            if (state := states.get((person_id, skill.id))) and state.level is SkillLevel.ABLE
        )
        for person_id in {person_id for person_id, _skill in states}
    }


def _given_names(full_names: Collection[str]) -> list[str]:
    given = [name.split()[-1] for name in full_names]
    seen: dict[str, int] = {}
    names = []
    for name in given:
        seen[name] = seen.get(name, 0) + 1
        names.append(f"{name} ({seen[name]})" if given.count(name) > 1 else name)
    return names
