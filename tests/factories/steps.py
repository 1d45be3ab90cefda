"""What people do on a site, at random and reproducible by a seed; through the services."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from app import clock
from app.access.scope import WardScope
from app.errors import NobodyMetError, OutOfScopeError, RuleBrokenError
from app.queries.audit import audit_scope
from app.queries.help_sessions import get_session_edition
from app.queries.people import get_edition
from app.queries.reviews import get_alike_people, get_burst
from app.queries.spells import SpellKey
from app.services.answer_notice import confirm_sessions, tell_people_apart
from app.services.delete_duty import delete_duty
from app.services.delete_session import delete_session
from app.services.duty_writing import Turn
from app.services.edit_person import edit_person
from app.services.edit_session import edit_session
from app.services.end_mentorship import Ending, end_mentorship
from app.services.end_spell import end_spell
from app.services.hand_on import HandOn, hand_on
from app.services.log_contact import log_contact_with_everyone
from app.services.log_session import log_session
from app.services.pair_mentees import pair_mentees
from app.services.person_writing import ConsentDetails, PersonDetails
from app.services.record_duty import record_duty
from app.services.register_person import Registration, register_person
from app.services.set_setting import set_setting
from app.services.transaction import transaction
from app.services.undo_batch import undo_batch
from graphs.findings import Rule
from models import (
    Account,
    Attendance,
    Batch,
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
    SupportPost,
    db,
)
from models.enums import ConsentMethod, HalfDay, PersonRole
from tests.factories.base import any_ward
from tests.factories.desk import session_details
from tests.factories.network import end_reason
from tests.factories.rosters import bring_in
from tests.factories.site import WARD_CODES
from tests.factories.workbooks import messy_roster

EVERYWHERE = WardScope.everywhere()
NOTICES = (Rule.POSSIBLE_DUPLICATE, Rule.ENTRY_BURST)
DELETABLE = (
    Attendance, Contact, DutyTurn, Handoff, HelpSession, Mentee, Mentor, MentorCapacity, Mentorship,
    Pause, PersonLanguage, SupportPost,
)  # fmt: skip


@dataclass
class RandomSteps:
    """Steps of a site's life; one that is refused, or finds nobody to be about, is a step, too."""

    seed: int

    def __post_init__(self):
        self.chance = random.Random(self.seed)  # noqa: S311  # reproducible, no secret
        self.languages = db.session.scalars(select(Language.id).order_by(Language.id)).all()[:3]
        self.steps = [
            self.register, self.register, self.pair, self.pair, self.end_pairing, self.end_spell,
            self.meet, self.meet, self.help_somebody, self.correct_session, self.delete_session,
            self.hand_on, self.serve, self.stop_serving, self.rename, self.pause, self.move,
            self.merge, self.withdraw_row, self.put_back_row, self.undo, self.undo, self.give_up,
            self.help_many, self.answer, self.answer,
        ]  # fmt: skip

    def take(self):
        """Do something and return its name."""
        step = self.chance.choice(self.steps)
        try:
            step()
        except (RuleBrokenError, OutOfScopeError, IndexError) as error:
            return f"{step.__name__} ({type(error).__name__})"
        return step.__name__

    # what the services do -------------------------------------------------------------------

    def register(self):
        register_person(
            EVERYWHERE,
            Registration(
                role=self.chance.choice(list(PersonRole)),
                ward_id=self.ward_id(),
                person=self.somebody(),
                consent=ConsentDetails(method=ConsentMethod.SPOKEN, given_on=clock.today()),
                started_on=self.day(),
                is_somebody_else=True,
            ),
        )

    def pair(self):
        learns = Mentorship.is_open_on(clock.today())
        waits = Mentee.id.not_in(select(Mentorship.mentee_id).where(learns))
        mentees = {self.any_open_id(Mentee, waits) for _ in range(self.chance.randint(1, 3))}
        pair_mentees(EVERYWHERE, self.any_open_id(Mentor), mentees, on=clock.today())

    def end_pairing(self):
        ending = Ending(on=clock.today(), reason_id=self.reason_id())
        end_mentorship(EVERYWHERE, self.any_open_id(Mentorship), ending)

    def end_spell(self):
        role, model = self.chance.choice(
            ((PersonRole.MENTOR, Mentor), (PersonRole.MENTEE, Mentee),
             (PersonRole.SUPPORT_POST, SupportPost))
        )  # fmt: skip
        key = SpellKey(role, self.any_id(model))
        end_spell(EVERYWHERE, key, on=clock.today(), reason_id=self.reason_id())

    def meet(self):
        pair = db.session.get(Mentorship, self.any_open_id(Mentorship))
        log_contact_with_everyone(EVERYWHERE, pair.mentor_id, on=self.day())

    def help_somebody(self):
        log_session(EVERYWHERE, self.ward_id(), self.session())

    def help_many(self):
        account_id = self.any_id(Account)
        ward_id = self.ward_id()
        for _ in range(10):
            log_session(WardScope.everywhere(account_id), ward_id, self.session())

    def answer(self):
        """Say of what the audit noticed that it is right as it is."""
        findings = audit_scope(EVERYWHERE, clock.today()).findings
        finding = self.chance.choice([one for one in findings if one.rule in NOTICES])
        if finding.rule is Rule.ENTRY_BURST:
            seen = [one.id for one in get_burst(EVERYWHERE, finding.subject.id).sessions]
            confirm_sessions(EVERYWHERE, finding.subject.id, seen=seen)
        else:
            seen = [one.id for one in get_alike_people(EVERYWHERE, finding.subject.id).records]
            tell_people_apart(EVERYWHERE, finding.subject.id, seen=seen)

    def correct_session(self):
        session_id = self.any_id(HelpSession)
        edition = get_session_edition(EVERYWHERE, session_id)
        edit_session(EVERYWHERE, session_id, self.session(), seen_edition=edition)

    def delete_session(self):
        delete_session(EVERYWHERE, self.any_id(HelpSession))

    def hand_on(self):
        consent = ConsentDetails(method=ConsentMethod.SPOKEN, given_on=clock.today())
        session_id = self.any_id(HelpSession)
        wish = HandOn(
            session_id=session_id, person=self.somebody(), consent=consent, is_somebody_else=True
        )
        hand_on(EVERYWHERE, wish)

    def serve(self):
        turn = Turn(
            post_id=self.any_id(SupportPost),
            day=self.day(),
            half_day=self.chance.choice(list(HalfDay)),
            is_performed=self.often(),
        )
        record_duty(EVERYWHERE, turn)

    def stop_serving(self):
        delete_duty(EVERYWHERE, self.any_id(DutyTurn))

    def rename(self):
        mentor = db.session.get(Mentor, self.any_id(Mentor))
        edit_person(
            EVERYWHERE,
            SpellKey(PersonRole.MENTOR, mentor.id),
            self.somebody(),
            seen_edition=get_edition(EVERYWHERE, mentor.person_id),
            capacity=self.chance.randint(1, 4),
        )

    def undo(self):
        undo_batch(EVERYWHERE, self.any_id(Batch))

    # what has no page yet -------------------------------------------------------------------

    def pause(self):
        spell, link = self.chance.choice(
            ((Mentor, "mentor_id"), (Mentee, "mentee_id"), (SupportPost, "support_post_id"))
        )
        start = self.day()
        end = start + timedelta(days=self.chance.randint(1, 60))
        with transaction(EVERYWHERE, "paused"):
            db.session.add(Pause(started_on=start, ended_on=end, **{link: self.any_id(spell)}))

    def move(self):
        """A mentee goes to another ward, and the open pairing goes along."""
        today = clock.today()
        with transaction(EVERYWHERE, "moved"):
            mentee = db.session.get(Mentee, self.any_id(Mentee))
            if not mentee.is_open_on(today) or mentee.started_on == today:
                return
            pair = db.session.scalar(
                select(Mentorship).where(
                    Mentorship.mentee_id == mentee.id,
                    Mentorship.is_open_on(today),
                    Mentorship.started_on < today,
                )
            )
            arrived = self.continued(mentee, ward_id=self.ward_id(), person_id=mentee.person_id)
            if pair is not None:
                self.continued(
                    pair,
                    mentor_id=pair.mentor_id,
                    mentee_id=arrived.id,
                    mentor_ward_id=pair.mentor_ward_id,
                    mentee_ward_id=arrived.ward_id,
                )

    def continued(self, spell, **values):
        spell.ended_on, spell.end_reason = clock.today(), end_reason("moved")
        db.session.flush()
        origin_id = spell.origin_id or spell.id
        chain = {"continues_id": spell.id, "origin_id": origin_id, "started_on": clock.today()}
        following = type(spell)(**values, **chain)
        db.session.add(following)
        db.session.flush()
        return following

    def merge(self):
        with transaction(EVERYWHERE, "merged"):
            archived, kept = self.any_id(Person), self.any_id(Person)
            if archived != kept:
                db.session.get(Person, archived).merged_into_id = kept

    def withdraw_row(self):
        model = self.chance.choice(DELETABLE)
        with transaction(EVERYWHERE, "withdrawn"):
            db.session.get(model, self.any_id(model)).deleted_at = clock.now()

    def put_back_row(self):
        batch = select(Batch.id).where(Batch.kind == "withdrawn").order_by(Batch.id.desc()).limit(1)
        last = db.session.scalar(batch)
        if last is not None:
            undo_batch(EVERYWHERE, last)

    def give_up(self):
        """Something goes wrong after rows were written."""
        with transaction(EVERYWHERE, "given_up"):
            db.session.get(Mentor, self.any_open_id(Mentor)).ended_on = date(2099, 1, 1)
            db.session.flush()
            raise NobodyMetError

    # rare, and for all wards ------------------------------------------------------------------

    def change_setting(self):
        value = str(self.chance.randint(1, 4))
        set_setting(EVERYWHERE, "floor", value=value, effective_on=clock.today())

    def import_list(self):
        bring_in(messy_roster(ward="Quy Nhơn Bắc"))

    # chance -----------------------------------------------------------------------------------

    def often(self):
        return self.chance.random() < 0.5

    def any_open_id(self, model, *conditions):
        return self.any_id(model, model.is_open_on(clock.today()), *conditions)

    def any_id(self, model, *conditions):
        """Return the id of a row that is there, of a recent one more often."""
        ids = list(db.session.scalars(select(model.id).where(*conditions).order_by(model.id)))
        return self.chance.choice(ids[-8:] if self.often() else ids)

    def ward_id(self):
        return any_ward(self.chance.choice(WARD_CODES)).id

    def reason_id(self):
        return end_reason(self.chance.choice(("completed", "mentor_left", "moved"))).id

    def day(self):
        return clock.today() - timedelta(days=self.chance.choice((0, 0, 1, 20, 60)))

    def somebody(self):
        number = db.session.scalar(select(func.max(Person.id)))
        languages = self.chance.sample(self.languages, self.chance.choice((0, 1, 1, 2)))
        return PersonDetails(
            full_name=f"Siu H'Bia {'ABCDEFGHIJ'[number % 10]}",
            birth_year=1990,
            language_ids=frozenset(languages),
        )

    def session(self):
        return session_details(service_date=self.day(), is_first_this_year=self.often())
