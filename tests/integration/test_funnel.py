"""The funnel from the desk to «tự làm được» against the rows, against SQL, and its lists."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from operator import itemgetter

import pytest
from sqlalchemy import select, text

from app.access.scope import WardScope
from app.forms.period_choice import choosable_periods
from app.queries.funnel import count_funnels
from app.queries.hand_on_outcomes import HandoffState
from app.queries.handoffs import Chosen, count_chosen, list_chosen
from app.queries.reporting_periods import list_periods
from app.services.answer_offer import answer_offer
from app.services.derived_rows import fill_tallies
from graphs.funnel import Funnel, add_up
from models import Handoff, HelpSession, Mentee, Ward, db
from models.enums import FollowUpAnswer, LearningOffer
from tests.factories.base import any_ward
from tests.factories.desk import DAY
from tests.factories.network import (
    AttendanceFactory,
    ContactFactory,
    FollowUpFactory,
    HandoffFactory,
    HelpSessionFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PauseFactory,
    end_reason,
)
from tests.factories.site import RandomSite

pytestmark = pytest.mark.usefixtures("flask_app")

HERE, THERE = "21553", "23575"
EVERYWHERE = WardScope.everywhere()
PERIODS = ("2026", "2026-Q2", "2026-03", "2025")
YEAR = (date(2026, 1, 1), date(2026, 12, 31))

# The definition once more, row by row and without the program's own queries.
PLAIN = """
    SELECT h.ward_id, s.id, m.id AS mentee, h.handed_on
    FROM help_sessions s JOIN handoffs h ON h.help_session_id = s.id
    JOIN mentees m ON m.id = h.mentee_id
    WHERE s.deleted_at IS NULL AND h.deleted_at IS NULL AND m.deleted_at IS NULL
      AND s.service_date BETWEEN :first AND :last AND h.handed_on <= :day
"""


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def handed_on(days: int = 30, ward: str = HERE, **mentee: object) -> Mentee:
    """Somebody handed on from a session so many days ago."""
    person = MenteeFactory(ward=any_ward(ward), started_on=ago(days), **mentee)
    session = HelpSessionFactory(ward=any_ward(ward), service_date=ago(days))
    HandoffFactory(mentee=person, help_session=session, handed_on=ago(days))
    return person


def pair(mentee: Mentee, days: int = 20, *, met: bool = False):
    mentor = MentorFactory(ward=mentee.ward, started_on=ago(200))
    mentorship = MentorshipFactory(mentor=mentor, mentee=mentee, started_on=ago(days))
    if met:
        contact = ContactFactory(mentor=mentor, service_date=ago(days - 1))
        AttendanceFactory(contact=contact, mentorship=mentorship)
    return mentorship


def funnel(scope: WardScope = EVERYWHERE, first: date = YEAR[0], last: date = YEAR[1]) -> Funnel:
    return add_up(count_funnels(scope, first, last, as_of=DAY).values())


def test_every_session_stands_at_the_place_that_its_visitor_has_reached():
    HelpSessionFactory.create_batch(2, service_date=DAY)
    HelpSessionFactory(service_date=DAY, learning_offer=LearningOffer.DECLINED)
    handed_on()
    PauseFactory(mentee=handed_on(), started_on=ago(3), ended_on=DAY + timedelta(days=3))
    pair(handed_on(), met=True)
    pair(handed_on())
    done = handed_on(ended_on=ago(2), end_reason=end_reason("completed"))
    handed_on(ended_on=ago(2), end_reason=end_reason("mentee_left"))
    FollowUpFactory(mentee=done, service_date=ago(1))
    count_tallies()

    told = funnel()

    assert told == Funnel(9, 1, 1, 1, 1, 1, 1, 1, still_able=1)
    assert (told.not_offered, told.handed_on) == (2, 6)


def test_a_visitor_who_declined_and_came_back_counts_as_handed_on_alone():
    mentee = handed_on()
    session = db.session.query(HelpSession).one()
    session.learning_offer = LearningOffer.DECLINED
    db.session.commit()
    count_tallies()

    assert funnel() == Funnel(sessions=1, waiting=1)
    assert mentee.ended_on is None


def test_who_moved_is_followed_and_stays_with_the_ward_of_the_desk():
    before = handed_on(ended_on=ago(10), end_reason=end_reason("moved"))
    after = MenteeFactory(
        person=before.person,
        ward=any_ward(THERE),
        started_on=ago(10),
        continues=before,
        origin_id=before.id,
    )
    stranger = pair(MenteeFactory(), met=True)
    pair(after, days=9)
    count_tallies()

    by_ward = count_funnels(EVERYWHERE, *YEAR, as_of=DAY)

    assert by_ward == {any_ward(HERE).id: Funnel(sessions=1, unmet=1)}
    assert stranger.mentee_id != after.id
    (row,) = list_chosen(WardScope.of([any_ward(HERE).id]), DAY, Chosen(*YEAR), offset=0, size=9)
    assert (row.state, row.mentor, row.is_here) == (HandoffState.PAIRED, None, False)


def test_only_the_days_and_the_wards_asked_about_count():
    handed_on(30)
    handed_on(60)
    handed_on(30, ward=THERE)
    count_tallies()

    here = WardScope.of([any_ward(HERE).id])

    assert funnel(here) == Funnel(sessions=2, waiting=2)
    assert funnel(here, ago(31), ago(29)) == Funnel(sessions=1, waiting=1)
    assert funnel(EVERYWHERE, ago(31), ago(29)) == Funnel(sessions=2, waiting=2)


def test_an_undone_decline_is_no_longer_counted():
    session_id = HelpSessionFactory(service_date=DAY).id
    count_tallies()
    scope = WardScope.of([any_ward(HERE).id])

    answer_offer(scope, session_id, LearningOffer.DECLINED)
    declined = funnel(scope)
    answer_offer(scope, session_id, None)

    assert (declined.declined, funnel(scope).declined) == (1, 0)


@pytest.mark.parametrize("seed", range(2))
def test_on_random_sites_it_adds_up_agrees_with_the_rows_and_with_its_lists(seed):
    RandomSite(seed).fill()
    sessions_for_hand_ons(seed)
    count_tallies()
    rows = PlainRows()

    day = date(2026, 7, 31)
    for code in PERIODS:
        period = next(
            one for one in choosable_periods(day, list_periods(EVERYWHERE, day)) if one.code == code
        )
        days = period.first_day, period.last_day
        by_ward = count_funnels(EVERYWHERE, *days, as_of=period.last_day)
        total = add_up(by_ward.values())

        assert total.sessions == total.not_offered + total.declined + total.handed_on
        assert min(total) >= 0 <= total.not_offered
        assert counted(total) == rows.states(*days)
        assert_lists_agree(total, days)
        for ward_id, of_ward in by_ward.items():
            alone = count_funnels(WardScope.of([ward_id]), *days, as_of=period.last_day)
            assert alone == {ward_id: of_ward}


def count_tallies() -> None:
    fill_tallies(db.session())
    db.session.commit()


def sessions_for_hand_ons(seed: int) -> None:
    """Give the hand-ons of a random site their sessions, and calls that followed some."""
    for number, handoff in enumerate(db.session.scalars(select(Handoff)).all()):
        handoff.help_session = HelpSessionFactory(
            ward=db.session.get_one(Ward, handoff.ward_id), service_date=handoff.handed_on
        )
        if (number + seed) % 3 == 0:
            answer = list(FollowUpAnswer)[number % 3]
            day = handoff.handed_on + timedelta(days=20)
            if answer is FollowUpAnswer.UNREACHED or not answered(handoff.mentee):
                FollowUpFactory(mentee=handoff.mentee, answer=answer, service_date=day)
    sessions = db.session.scalars(select(HelpSession)).all()
    for session in sessions[seed::4]:
        session.learning_offer = LearningOffer.DECLINED
    db.session.commit()


def answered(mentee: Mentee) -> bool:
    told = text("SELECT count(*) FROM follow_ups WHERE mentee_id = :id AND answer <> 'unreached'")
    return bool(db.session.scalar(told, {"id": mentee.id}))


def counted(total: Funnel) -> dict[str, int]:
    names = ("waiting", "paused", "met", "unmet", "completed", "left", "still_able", "needs_help")
    return {name: getattr(total, name) for name in names if getattr(total, name)}


class PlainRows:
    """The living rows as plain SQL gives them, each hand-on followed by hand."""

    def __init__(self) -> None:
        self.spells = plain(
            "SELECT id, origin_id, started_on, ended_on, end_reason_id FROM mentees"
        )
        self.completing = dict(plain("SELECT id, code FROM end_reasons WHERE is_completion", ""))
        self.spans = {
            table: plain(f"SELECT mentee_id, started_on, ended_on, id FROM {table}")  # noqa: S608  # a table
            for table in ("mentorships", "pauses")
        }
        self.contacts = dict(plain("SELECT id, service_date FROM contacts"))
        self.attended = plain("SELECT mentorship_id, contact_id FROM attendances")
        self.calls = plain("SELECT mentee_id, service_date, id, answer FROM follow_ups")

    def states(self, first: date, last: date) -> dict[str, int]:
        """Return how many hand-ons of the days reached each place by the last of them."""
        counts: Counter[str] = Counter()
        days = {"first": first, "last": last, "day": last}
        for _ward, _session, mentee_id, since in db.session.execute(text(PLAIN), days).all():
            counts.update(self.places(mentee_id, str(since), str(last)))
        return dict(counts)

    def places(self, mentee_id: int, since: str, day: str) -> Iterator[str]:
        chain = self.chain(mentee_id, day)
        ids = {spell[0] for spell in chain}
        state = self.state(chain[-1], day)
        yield (
            ("met" if self.was_met(ids, since, day) else "unmet") if state == "paired" else state
        )
        answers = [
            (str(on), id_, answer)
            for mentee, on, id_, answer in self.calls
            if mentee in ids and answer != "unreached" and since <= str(on) <= day
        ]
        if answers:
            yield max(answers)[-1]

    def chain(self, mentee_id: int, day: str) -> list[tuple]:
        first = next(origin or id_ for id_, origin, *_ in self.spells if id_ == mentee_id)
        chain = [one for one in self.spells if first in {one[0], one[1]} and str(one[2]) <= day]
        return sorted(chain, key=itemgetter(0)) or [
            one for one in self.spells if one[0] == mentee_id
        ]

    def state(self, spell: tuple, day: str) -> str:
        id_, _origin, _start, end, reason_id = spell
        if end is not None and str(end) <= day:
            return "completed" if reason_id in self.completing else "left"
        if self.spans_day("mentorships", id_, day):
            return "paired"
        return "paused" if self.spans_day("pauses", id_, day) else "waiting"

    def spans_day(self, table: str, mentee_id: int, day: str) -> bool:
        return any(
            mentee == mentee_id and str(start) <= day and (end is None or str(end) > day)
            for mentee, start, end, _id in self.spans[table]
        )

    def was_met(self, ids: set[int], since: str, day: str) -> bool:
        pairs = {id_ for mentee, _start, _end, id_ in self.spans["mentorships"] if mentee in ids}
        return any(
            pair in pairs
            and contact in self.contacts
            and since <= str(self.contacts[contact]) <= day
            for pair, contact in self.attended
        )


def plain(statement: str, living: str = " WHERE deleted_at IS NULL") -> list[tuple]:
    return [tuple(row) for row in db.session.execute(text(statement + living))]


def assert_lists_agree(total: Funnel, days: tuple[date, date]) -> None:
    """The list behind a number holds as many lines."""
    wanted = {
        "waiting": Chosen(*days, (HandoffState.WAITING,)),
        "paused": Chosen(*days, (HandoffState.PAUSED,)),
        "met": Chosen(*days, (HandoffState.PAIRED,), has_met=True),
        "unmet": Chosen(*days, (HandoffState.PAIRED,), has_met=False),
        "completed": Chosen(*days, (HandoffState.COMPLETED,)),
        "left": Chosen(*days, (HandoffState.LEFT,)),
        "still_able": Chosen(*days, answers=(FollowUpAnswer.STILL_ABLE,)),
        "needs_help": Chosen(*days, answers=(FollowUpAnswer.NEEDS_HELP,)),
        "handed_on": Chosen(*days),
    }
    for name, chosen in wanted.items():
        assert count_chosen(EVERYWHERE, days[1], chosen) == getattr(total, name), name
