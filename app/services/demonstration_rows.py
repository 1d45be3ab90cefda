"""Turns made-up rows into rows of the tables and inserts them in large chunks; commits nothing."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.orm import Session

from app import clock
from app.demonstration.rows import PersonRow, SpellRow, WardRows
from app.quarters import quarter_of
from app.services.demonstration_activities import activity_rows
from app.services.demonstration_learning import Numbering, learning_rows
from app.services.reporting_periods import period_counting
from app.wording import CONSENT_TEXT_VERSION
from models import (
    Activity,
    Attendance,
    Base,
    Consent,
    Contact,
    DutyPattern,
    DutyTurn,
    EndReason,
    FollowUp,
    Hamlet,
    Handoff,
    HelpSession,
    HelpSessionGroup,
    Language,
    Mentee,
    Mentor,
    MentorCapacity,
    Mentorship,
    Obstacle,
    Pause,
    Person,
    PersonGroup,
    PersonLanguage,
    PersonTag,
    Procedure,
    SessionBundle,
    Skill,
    SupportPost,
    Tag,
    TargetGroup,
)
from models.enums import GroupBasis, LearningOffer
from models.names import fold, sort_key

CHUNK = 5_000
# A sequence of SQLite follows the largest id; PostgreSQL's has to be told of ids set by hand.
NUMBERED = (
    Hamlet,
    Person,
    Consent,
    SupportPost,
    Mentor,
    Mentee,
    Mentorship,
    Contact,
    SessionBundle,
    HelpSession,
    Activity,
)
CODED = (EndReason, Language, Obstacle, Procedure, Skill, Tag, TargetGroup)
NOON = time(12)

Values = dict[str, Any]


class WardAccounts(NamedTuple):
    """Whose entries the rows of a ward are."""

    leader_id: int
    support_id: int


@dataclass(slots=True)
class RowBuffer:
    """Rows on their way to the database; parents are always written before their children."""

    session: Session
    rows: dict[Table, list[Values]] = field(default_factory=lambda: defaultdict(list))

    def add(self, table: Table, values: Values) -> None:
        """Keep a row, and write everything kept as soon as one table has a full chunk."""
        self.rows[table].append(values)

    def flush_when_full(self) -> None:
        """Write what is kept, if it is a chunk; call when no row names one that is to come."""
        if any(len(rows) >= CHUNK for rows in self.rows.values()):
            self.flush()

    def flush(self) -> None:
        """Write everything that is kept."""
        for table in Base.metadata.sorted_tables:
            rows = self.rows.get(table, [])
            for start in range(0, len(rows), CHUNK):
                self.session.execute(insert(table), rows[start : start + CHUNK])
        self.rows.clear()


class RowWriter:
    """Writes ward after ward. A number of the made-up network becomes an id above all present."""

    def __init__(self, session: Session, *, batch_id: int, ward_ids: Mapping[str, int]) -> None:
        self._buffer = RowBuffer(session)
        self._session = session
        self._batch_id = batch_id
        self._ward_ids = ward_ids
        self._now = clock.now()
        self._today = clock.local_date(self._now)
        self._instants: dict[date, datetime] = {self._today: self._now}
        self._periods: dict[str, int] = {}
        self._first: dict[type[Base], int] = {
            model: session.scalar(select(func.coalesce(func.max(model.__table__.c.id), 0))) or 0
            for model in NUMBERED
        }
        self._ids: dict[type[Base], dict[str, int]] = {
            model: dict(session.execute(select(model.code, model.id)).all()) for model in CODED
        }

    @cached_property
    def _sensitive(self) -> frozenset[str]:
        return frozenset(
            self._session.scalars(select(TargetGroup.code).where(TargetGroup.is_sensitive))
        )

    @cached_property
    def _numbering(self) -> Numbering:
        return Numbering(self.id_of, self._ward_ids.__getitem__, self._code_id, self._period)

    def _code_id(self, model: type[Base], code: str) -> int:
        return self._ids[model][code]

    def id_of(self, model: type[Base], number: int) -> int:
        """Return the id that a number of the made-up network has in the database."""
        return self._first[model] + number

    def write(self, rows: WardRows, accounts: WardAccounts) -> None:
        """Keep or write the rows of one ward; its people are entered by the ward's leader."""
        self._write_people(rows, accounts)
        self._write_network(rows, accounts)
        self._write_contacts(rows, accounts)
        self._write_desk(rows, accounts)
        for rows_of in (learning_rows, activity_rows):
            for model, day, values in rows_of(rows, self._numbering):
                self._add(model, accounts.leader_id, day, values)
        self._buffer.flush_when_full()

    def finish(self) -> None:
        """Write what is left, and let PostgreSQL count on behind the last id."""
        self._buffer.flush()
        if self._session.get_bind().dialect.name == "postgresql":
            for model in NUMBERED:
                name = model.__tablename__
                self._session.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), "  # noqa: S608
                        f"(SELECT coalesce(max(id), 1) FROM {name}))"
                    )
                )

    def _add(
        self,
        model: type[Base],
        entered_by: int,
        entered_on: date,
        values: Values,
        *,
        entered_about: time | None = None,
    ) -> None:
        stamp = {
            "entered_at": self._instant(entered_on, entered_about),
            "entered_by_id": entered_by,
            "batch_id": self._batch_id,
            "version": 1,
        }
        self._buffer.add(model.__table__, values | stamp)  # type: ignore[arg-type]

    def _instant(self, day: date, moment: time | None) -> datetime:
        if moment is not None and day != self._today:
            return datetime.combine(day, moment, clock.LOCAL_ZONE)
        if day not in self._instants:
            self._instants[day] = datetime.combine(day, NOON, clock.LOCAL_ZONE)
        return self._instants[day]

    def _period(self, day: date) -> int:
        code = quarter_of(day).code
        if code not in self._periods:
            self._periods[code] = period_counting(day)
        return self._periods[code]

    def _write_people(self, rows: WardRows, accounts: WardAccounts) -> None:
        by = accounts.leader_id
        for hamlet in rows.hamlets:
            values = {
                "id": self.id_of(Hamlet, hamlet.number),
                "ward_id": self._ward_ids[hamlet.ward],
                "name": hamlet.name,
                "search_text": fold(hamlet.name),
            }
            self._add(Hamlet, by, hamlet.entered_on, values)
        for person in rows.persons:
            self._write_person(person, by)

    def _write_person(self, person: PersonRow, by: int) -> None:
        person_id = self.id_of(Person, person.number)
        day = person.entered_on
        values = {
            "id": person_id,
            "full_name": person.full_name,
            "search_text": fold(person.full_name),
            "sort_key": sort_key(person.full_name),
            "birth_year": person.birth_year,
            "gender": person.gender,
            "phone": person.phone,
            "hamlet_id": self.id_of(Hamlet, person.hamlet),
        }
        self._add(Person, by, day, values)
        consent = {
            "id": self.id_of(Consent, person.number),
            "person_id": person_id,
            "given_on": day,
            "method": person.consent_method,
            "text_version": CONSENT_TEXT_VERSION,
            "asked_by_id": by,
            "guardian_name": person.guardian_name,
        }
        self._add(Consent, by, day, consent)
        for code in person.languages:
            language = {"person_id": person_id, "language_id": self._ids[Language][code]}
            self._add(PersonLanguage, by, day, language)
        for code in person.groups:
            is_sensitive = code in self._sensitive
            group = {
                "person_id": person_id,
                "target_group_id": self._ids[TargetGroup][code],
                "basis": GroupBasis.CONSENT if is_sensitive else None,
                "basis_on": day if is_sensitive else None,
            }
            self._add(PersonGroup, by, day, group)
        for code in person.tags:
            tag = {"person_id": person_id, "tag_id": self._ids[Tag][code]}
            self._add(PersonTag, by, day, tag)

    def _write_network(self, rows: WardRows, accounts: WardAccounts) -> None:
        by = accounts.leader_id
        for post in rows.support_posts:
            self._add(SupportPost, by, post.entered_on, self._spell(SupportPost, post))
        for mentor in rows.mentors:
            self._add(Mentor, by, mentor.entered_on, self._spell_in_chain(Mentor, mentor))
        for mentee in rows.mentees:
            self._add(Mentee, by, mentee.entered_on, self._spell_in_chain(Mentee, mentee))
        for capacity in rows.capacities:
            values: Values = {
                "mentor_id": self.id_of(Mentor, capacity.mentor),
                "effective_on": capacity.effective_on,
                "capacity": capacity.capacity,
            }
            self._add(MentorCapacity, by, capacity.effective_on, values)
        for pause in rows.pauses:
            values = {
                "mentor_id": self._optional_id(Mentor, pause.mentor),
                "mentee_id": self._optional_id(Mentee, pause.mentee),
                "support_post_id": self._optional_id(SupportPost, pause.support_post),
                "started_on": pause.started_on,
                "ended_on": pause.ended_on,
            }
            self._add(Pause, by, pause.entered_on, values)
        for pair in rows.mentorships:
            before = self._optional_id(Mentorship, pair.continues)
            values = {
                "id": self.id_of(Mentorship, pair.number),
                "mentor_id": self.id_of(Mentor, pair.mentor),
                "mentee_id": self.id_of(Mentee, pair.mentee),
                "mentor_ward_id": self._ward_ids[pair.mentor_ward],
                "mentee_ward_id": self._ward_ids[pair.mentee_ward],
                "started_on": pair.started_on,
                "ended_on": pair.ended_on,
                "end_reason_id": self._reason(pair.end_reason),
                "continues_id": before,
                "origin_id": before,
            }
            self._add(Mentorship, by, pair.entered_on, values)

    def _spell(self, model: type[Base], spell: SpellRow) -> Values:
        return {
            "id": self.id_of(model, spell.number),
            "person_id": self.id_of(Person, spell.person),
            "ward_id": self._ward_ids[spell.ward],
            "started_on": spell.started_on,
            "ended_on": spell.ended_on,
            "end_reason_id": self._reason(spell.end_reason),
        }

    def _spell_in_chain(self, model: type[Base], spell: SpellRow) -> Values:
        before = self._optional_id(model, spell.continues)
        return self._spell(model, spell) | {"continues_id": before, "origin_id": before}

    def _reason(self, code: str | None) -> int | None:
        return None if code is None else self._ids[EndReason][code]

    def _optional_id(self, model: type[Base], number: int | None) -> int | None:
        return None if number is None else self.id_of(model, number)

    def _write_contacts(self, rows: WardRows, accounts: WardAccounts) -> None:
        by = accounts.leader_id
        for contact in rows.contacts:
            contact_id = self.id_of(Contact, contact.number)
            values = {
                "id": contact_id,
                "mentor_id": self.id_of(Mentor, contact.mentor),
                "ward_id": self._ward_ids[contact.ward],
                "service_date": contact.service_date,
                "reported_in_id": self._period(contact.service_date),
            }
            self._add(Contact, by, contact.entered_on, values)
            for number in contact.mentorships:
                attended = {
                    "contact_id": contact_id,
                    "mentorship_id": self.id_of(Mentorship, number),
                }
                self._add(Attendance, by, contact.entered_on, attended)

    def _write_desk(self, rows: WardRows, accounts: WardAccounts) -> None:
        by = accounts.support_id
        for bundle in rows.bundles:
            bundle_id = self.id_of(SessionBundle, bundle.number)
            values: Values = {"id": bundle_id, "half_day": bundle.half_day}
            self._add(SessionBundle, by, bundle.entered_on, values)
        for session in rows.sessions:
            session_id = self.id_of(HelpSession, session.number)
            values = {
                "id": session_id,
                "ward_id": self._ward_ids[session.ward],
                "support_post_id": self.id_of(SupportPost, session.support_post),
                "service_date": session.service_date,
                "service_time": session.service_time,
                "procedure_id": self._ids[Procedure][session.procedure],
                "obstacle_id": session.obstacle and self._ids[Obstacle][session.obstacle],
                "language_id": session.language and self._ids[Language][session.language],
                "mode": session.mode,
                "result": session.result,
                "minutes": session.minutes,
                "is_first_this_year": session.is_first_this_year,
                "learning_offer": LearningOffer.DECLINED if session.has_declined else None,
                "reported_in_id": self._period(session.service_date),
                "bundle_id": self._optional_id(SessionBundle, session.bundle),
            }
            entered_about = session.service_time
            self._add(HelpSession, by, session.entered_on, values, entered_about=entered_about)
            for code in session.groups:
                group = {
                    "help_session_id": session_id,
                    "target_group_id": self._ids[TargetGroup][code],
                }
                self._add(HelpSessionGroup, by, session.entered_on, group)
        for handoff in rows.handoffs:
            values = {
                "help_session_id": self.id_of(HelpSession, handoff.session),
                "mentee_id": self.id_of(Mentee, handoff.mentee),
                "ward_id": self._ward_ids[handoff.ward],
                "consent_id": self.id_of(Consent, handoff.person),
                "handed_on": handoff.handed_on,
            }
            self._add(Handoff, by, handoff.handed_on, values)
        for call in rows.follow_ups:
            values = {
                "mentee_id": self.id_of(Mentee, call.mentee),
                "ward_id": self._ward_ids[call.ward],
                "occasion": call.occasion,
                "answer": call.answer,
                "service_date": call.service_date,
                "reported_in_id": self._period(call.service_date),
            }
            self._add(FollowUp, by, call.service_date, values)
        for turn in rows.duty_turns:
            values = {
                "ward_id": self._ward_ids[turn.ward],
                "support_post_id": self.id_of(SupportPost, turn.support_post),
                "service_date": turn.service_date,
                "half_day": turn.half_day,
                "is_performed": turn.is_performed,
                "reported_in_id": self._period(turn.service_date),
            }
            self._add(DutyTurn, by, turn.entered_on, values)
        for pattern in rows.duty_patterns:
            values = {
                "support_post_id": self.id_of(SupportPost, pattern.support_post),
                "week_half": pattern.week_half,
                "started_on": pattern.started_on,
            }
            self._add(DutyPattern, by, pattern.started_on, values)
