"""A whole small site at random, reproducible by its seed: moves, merges, pauses, late entries."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from models import (
    Attendance,
    Consent,
    Contact,
    DutyTurn,
    Handoff,
    HelpSession,
    Language,
    Mentee,
    Mentor,
    MentorCapacity,
    Mentorship,
    Pause,
    Person,
    PersonLanguage,
    Procedure,
    Setting,
    SupportPost,
    Ward,
    db,
)
from models.enums import ConsentMethod, HalfDay, HelpMode, HelpResult
from tests.factories.accounts import AccountFactory
from tests.factories.base import any_ward
from tests.factories.network import any_period, end_reason

WARD_CODES = ("21553", "21583", "21607", "23575", "23563", "23941")
FIRST, LAST = date(2025, 7, 1), date(2026, 7, 31)
BURST_DAYS = (date(2025, 12, 20), date(2026, 6, 10), date(2026, 6, 28), date(2026, 6, 29))
DELETED_AT = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class RandomSite:
    """Fills the database; the last of the wards stays without any row."""

    seed: int
    persons: list[Person] = field(default_factory=list)
    mentors: list[Mentor] = field(default_factory=list)
    pairs: list[Mentorship] = field(default_factory=list)

    def __post_init__(self):
        self.chance = random.Random(self.seed)  # noqa: S311  # reproducible, no secret
        self.wards = [any_ward(code) for code in WARD_CODES]
        self.period = any_period()
        self.account_id = AccountFactory().id

    def fill(self):
        """Add everything and commit once."""
        with db.session.no_autoflush:
            self.add_everything()
        db.session.commit()

    def add_everything(self):
        if not db.session.query(Setting).count():
            self.add_settings()
        for _ in range(16):
            self.add_mentor()
        for _ in range(40):
            self.add_mentee()
        for _ in range(7):
            self.add_post()
        for pair in self.pairs:
            self.add_contacts(pair)
        for _ in range(60):
            self.add_session()
        self.merge_some()
        for day in BURST_DAYS:
            self.add_burst(day)
        self.add_languages()

    # chance -------------------------------------------------------------------------------

    def day(self, first=FIRST, last=LAST):
        return first + timedelta(days=self.chance.randint(0, max(0, (last - first).days)))

    def later(self, day, most=200):
        return day + timedelta(days=self.chance.randint(1, most))

    def often(self, share):
        return self.chance.random() < share

    def ward(self) -> Ward:
        return self.chance.choice(self.wards[:-1])

    def entered(self, day):
        """On the day or some time later; often around midnight in Gia Lai (17:00 UTC)."""
        late = timedelta(days=self.chance.choice((0, 0, 0, 1, 3, 40)))
        hour, minute = self.chance.choice(((1, 0), (9, 30), (16, 59), (17, 0), (17, 1)))
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) + late

    def add(self, row, day):
        """Add a row as entered for a day."""
        row.entered_at = self.entered(day)
        db.session.add(row)
        return row

    def add_deleted_twin(self, row, day):
        row.deleted_at = DELETED_AT
        self.add(row, day)

    # people -------------------------------------------------------------------------------

    def add_settings(self):
        for key, value, day in (
            ("floor", "2", date(2025, 7, 1)),
            ("floor", "3", date(2026, 4, 1)),
            ("floor_counts", "open", date(2026, 6, 1)),
            ("default_capacity", "4", date(2025, 7, 1)),
            ("contact_days", "45", date(2026, 3, 1)),
        ):
            db.session.add(Setting(key=key, value=value, effective_on=day, set_at=DELETED_AT))

    def person(self):
        number = len(self.persons)
        person = Person(full_name=f"Rơ Châm H'Dih {'ABCDEFGHIJ'[number % 10]}", birth_year=1980)
        self.persons.append(self.add(person, FIRST))
        return person

    def add_languages(self):
        """Record none, one or two for everybody; some were taken away again."""
        db.session.flush()
        languages = db.session.query(Language).order_by(Language.id).limit(3).all()
        for person in self.persons:
            for language in self.chance.sample(languages, self.chance.choice((0, 1, 1, 2))):
                spoken = PersonLanguage(person_id=person.id, language_id=language.id)
                spoken.deleted_at = DELETED_AT if self.often(0.1) else None
                self.add(spoken, FIRST)

    def merge_some(self):
        """Archive a few people into others without re-pointing: the counts must cope."""
        db.session.flush()
        archived = self.chance.sample(self.persons, 6)
        kept = [person for person in self.persons if person not in archived]
        for person in archived:
            person.merged_into_id = self.chance.choice(kept).id

    def add_mentor(self):
        started_on = self.day(last=date(2026, 5, 1))
        ended_on = self.later(started_on) if self.often(0.3) else None
        person, ward = self.person(), self.ward()
        mentor = Mentor(person=person, ward=ward, started_on=started_on, ended_on=ended_on)
        self.mentors.append(self.add(mentor, started_on))
        for effective_on in {self.day(), self.day()} if self.often(0.6) else ():
            self.add(
                MentorCapacity(
                    mentor=mentor, effective_on=effective_on, capacity=self.chance.randint(1, 5)
                ),
                effective_on,
            )
        self.maybe_pause(started_on, mentor=mentor)
        if self.often(0.2):
            self.add_deleted_twin(
                Mentor(person=person, ward=self.ward(), started_on=started_on), started_on
            )

    def add_mentee(self):
        started_on = self.day(last=date(2026, 6, 15))
        person = self.person()
        mentee = Mentee(person=person, ward=self.ward(), started_on=started_on)
        self.add(mentee, started_on)
        self.maybe_pause(started_on, mentee=mentee)
        self.maybe_hand_on(mentee)
        moved_on = self.later(started_on, 150) if self.often(0.5) else None
        last = self.add_pairs(mentee, until=moved_on)
        if moved_on is not None and moved_on <= LAST:
            self.move(mentee, moved_on, last)
        elif last is not None and last.end_reason and last.end_reason.is_completion:
            mentee.ended_on, mentee.end_reason = last.ended_on, last.end_reason

    def move(self, mentee, day, last):
        mentee.ended_on, mentee.end_reason = day, end_reason("moved")
        db.session.flush()
        arrived = Mentee(
            person=mentee.person,
            ward=self.ward(),
            started_on=day,
            continues_id=mentee.id,
            origin_id=mentee.origin_id or mentee.id,
        )
        self.add(arrived, day)
        self.maybe_pause(day, mentee=arrived)
        if last is None or last.ended_on is not None:
            self.add_pairs(arrived, until=None)
            return
        last.ended_on, last.end_reason = day, end_reason("moved")
        db.session.flush()
        carried = self.pair(last.mentor, arrived, day)
        carried.continues_id, carried.origin_id = last.id, last.origin_id or last.id
        if self.often(0.3) and day < LAST:
            self.move(arrived, self.later(day, 30), carried)

    def add_pairs(self, mentee, *, until):
        """Pair the mentee a few times in a row; return the last pairing if it was begun."""
        day, pair = mentee.started_on, None
        for _ in range(self.chance.randint(0, 3)):
            mentor = self.chance.choice(self.mentors)
            started_on = max(day + timedelta(days=self.chance.randint(0, 60)), mentor.started_on)
            if started_on >= min(until or LAST, mentor.ended_on or LAST):
                break
            pair = self.pair(mentor, mentee, started_on)
            latest = min(until or date.max, mentor.ended_on or date.max)
            if self.often(0.5) or (latest < date.max and latest == mentor.ended_on):
                pair.ended_on = min(self.later(started_on, 120), latest)
                code = "completed" if self.often(0.5) else "mentor_left"
                pair.end_reason = end_reason(code)
                day = pair.ended_on
            if pair.ended_on is None or pair.end_reason.is_completion:
                break
        return pair

    def pair(self, mentor, mentee, day):
        pair = Mentorship(
            mentor=mentor,
            mentee=mentee,
            mentor_ward_id=mentor.ward.id,
            mentee_ward_id=mentee.ward.id,
            started_on=day,
        )
        self.pairs.append(self.add(pair, day))
        return pair

    def maybe_pause(self, started_on, **spell):
        if self.often(0.45):
            begun_on = self.day(first=started_on)
            pause = Pause(started_on=begun_on, ended_on=self.later(begun_on, 120), **spell)
            self.add(pause, begun_on)
        if self.often(0.1):
            self.add_deleted_twin(
                Pause(started_on=started_on, ended_on=LAST + timedelta(days=9), **spell), started_on
            )

    def maybe_hand_on(self, mentee):
        for _ in range(self.chance.choice((0, 0, 1, 2))):
            day = self.later(mentee.started_on, 90)
            consent = Consent(
                person=mentee.person,
                given_on=day,
                method=ConsentMethod.SPOKEN,
                text_version="1",
            )
            self.add(consent, day)
            db.session.flush()
            handoff = Handoff(mentee=mentee, ward_id=mentee.ward.id, consent=consent, handed_on=day)
            self.add(handoff, day)

    # events -------------------------------------------------------------------------------

    def add_post(self):
        started_on = self.day(last=date(2026, 3, 1))
        ended_on = self.later(started_on, 300) if self.often(0.4) else None
        post = SupportPost(
            person=self.person(), ward=self.ward(), started_on=started_on, ended_on=ended_on
        )
        self.add(post, started_on)
        self.maybe_pause(started_on, support_post=post)
        for day in {self.day(first=started_on) for _ in range(8)}:
            turn = DutyTurn(
                ward=post.ward,
                support_post=post,
                service_date=day,
                half_day=HalfDay.MORNING,
                is_performed=self.often(0.6),
                reported_in=self.period,
                deleted_at=DELETED_AT if self.often(0.2) else None,
            )
            self.add(turn, day)

    def add_contacts(self, pair):
        until = min(pair.ended_on or LAST, LAST)
        for _ in range(self.chance.randint(0, 3)):
            day = self.day(first=pair.started_on, last=until)
            contact = Contact(
                mentor=pair.mentor,
                ward_id=pair.mentor.ward.id,
                service_date=day,
                reported_in=self.period,
                deleted_at=DELETED_AT if self.often(0.2) else None,
            )
            self.add(contact, day)
            attendance = Attendance(contact=contact, mentorship=pair)
            attendance.deleted_at = DELETED_AT if self.often(0.2) else None
            self.add(attendance, day)

    def add_burst(self, day):
        """Let one account enter many like sessions of a day one after the other."""
        ward, moment = self.ward(), self.entered(day)
        for _ in range(self.chance.randint(10, 16)):
            session = self.add_session(day, ward)
            session.entered_at, session.entered_by_id = moment, self.account_id
            moment += timedelta(seconds=self.chance.choice((5, 30, 60, 90)))

    def add_session(self, day=None, ward=None):
        day = day or self.day()
        session = HelpSession(
            ward=ward or self.ward(),
            service_date=day,
            procedure=db.session.query(Procedure).first(),
            mode=HelpMode.TOGETHER,
            result=HelpResult.DONE,
            is_first_this_year=self.often(0.5),
            reported_in=self.period,
            deleted_at=DELETED_AT if self.often(0.2) else None,
        )
        return self.add(session, day)
