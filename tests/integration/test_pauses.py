"""Times away from a role: begun, ended on another day, taken back; nothing else moves."""

from datetime import date

import pytest
import time_machine

from app import clock
from app.access.scope import WardScope
from app.errors import OutOfScopeError, SpellEndedError
from app.queries.audit import audit_scope
from app.queries.pauses import find_pause, list_substitutes
from app.queries.spells import SpellKey
from app.queries.supposed import suppose_away
from app.role_errors import (
    NotPausedError,
    PauseBeforeStartError,
    PausesOverlapError,
    SubstituteUnfitError,
)
from app.services.pause_rules import PauseTerms
from app.services.pause_spell import pause_spell
from app.services.set_return import set_return
from app.services.undo_batch import undo_batch
from graphs.comparison import only_in
from graphs.findings import Rule
from models import Mentorship, Pause, db
from models.enums import PersonRole
from tests.factories.base import any_ward
from tests.factories.network import (
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PauseFactory,
    PersonFactory,
    SupportPostFactory,
    end_reason,
)

EVERYWHERE = WardScope.everywhere()
TODAY, LATER = date(2026, 3, 10), date(2026, 3, 24)
FORTNIGHT = PauseTerms(TODAY, LATER)


@pytest.fixture(autouse=True)
def a_tuesday_in_march():
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False):
        yield


def mentor_key(mentor) -> SpellKey:
    return SpellKey(PersonRole.MENTOR, mentor.id)


def pauses() -> list[tuple[date, date]]:
    return [(one.started_on, one.ended_on) for one in db.session.query(Pause).order_by(Pause.id)]


def test_a_mentor_pauses_with_a_return_date_and_a_substitute(flask_app):
    mentor = MentorFactory(person=PersonFactory(full_name="Rơ Châm Pril"))
    other = MentorFactory(ward=mentor.ward, person=PersonFactory(full_name="Siu Phen"))
    pairing = MentorshipFactory(mentor=mentor, mentee=MenteeFactory(ward=mentor.ward))

    pause_spell(EVERYWHERE, mentor_key(mentor), PauseTerms(TODAY, LATER, other.person_id))

    pause = find_pause(EVERYWHERE, mentor_key(mentor), TODAY)
    assert pause[1:] == (TODAY, LATER, "Siu Phen")
    assert db.session.get(Mentorship, pairing.id).ended_on is None


def test_while_the_only_mentor_is_away_the_ward_has_none_and_the_preview_said_so(flask_app):
    mentor = MentorFactory()
    ward = WardScope.of([mentor.ward_id])
    supposed = suppose_away(ward, PersonRole.MENTOR, [mentor.id], TODAY)

    pause_spell(EVERYWHERE, mentor_key(mentor), FORTNIGHT)

    found = audit_scope(ward, TODAY).findings
    assert found == supposed.then.findings
    assert Rule.WARD_WITHOUT_MENTOR in {one.rule for one in only_in(found, supposed.now.findings)}


@pytest.mark.parametrize(
    ("role", "make"),
    [(PersonRole.MENTEE, MenteeFactory), (PersonRole.SUPPORT_POST, SupportPostFactory)],
    ids=str,
)
def test_the_preview_of_anybody_is_what_the_audit_says_afterwards(flask_app, role, make):
    MentorFactory()
    spell = make(started_on=date(2026, 1, 5))
    supposed = suppose_away(EVERYWHERE, role, [spell.id], TODAY)

    pause_spell(EVERYWHERE, SpellKey(role, spell.id), FORTNIGHT)

    assert audit_scope(EVERYWHERE, TODAY).findings == supposed.then.findings


def test_who_comes_back_earlier_or_later_gets_another_day_of_return(flask_app):
    mentor = MentorFactory()
    pause_spell(EVERYWHERE, mentor_key(mentor), FORTNIGHT)
    [pause] = db.session.query(Pause)

    set_return(EVERYWHERE, mentor_key(mentor), pause.id, on=date(2026, 4, 1))
    set_return(EVERYWHERE, mentor_key(mentor), pause.id, on=date(2026, 3, 12))

    assert pauses() == [(TODAY, date(2026, 3, 12))]


def test_who_was_never_away_has_no_pause_left_and_undo_brings_it_back(flask_app):
    mentor = MentorFactory()
    pause_spell(EVERYWHERE, mentor_key(mentor), FORTNIGHT)
    [pause] = db.session.query(Pause)

    receipt = set_return(EVERYWHERE, mentor_key(mentor), pause.id, on=TODAY)
    assert pauses() == []
    with pytest.raises(NotPausedError):
        set_return(EVERYWHERE, mentor_key(mentor), pause.id, on=LATER)
    undo_batch(EVERYWHERE, receipt.batch_id)

    assert pauses() == [(TODAY, LATER)]


def test_a_second_pause_in_the_same_days_is_refused(flask_app):
    mentor = MentorFactory()
    PauseFactory(mentor=mentor, started_on=date(2026, 3, 20), ended_on=date(2026, 4, 1))

    with pytest.raises(PausesOverlapError):
        pause_spell(EVERYWHERE, mentor_key(mentor), FORTNIGHT)
    pause_spell(EVERYWHERE, mentor_key(mentor), PauseTerms(TODAY, date(2026, 3, 20)))

    assert len(pauses()) == 2


def test_a_mentee_who_moved_has_the_pauses_of_the_whole_chain(flask_app):
    moved = end_reason("moved")
    first = MenteeFactory(started_on=date(2026, 1, 5), ended_on=TODAY, end_reason=moved)
    chain = {"continues_id": first.id, "origin_id": first.id, "person": first.person}
    second = MenteeFactory(ward=any_ward("21583"), started_on=TODAY, **chain)
    PauseFactory(mentee=first, started_on=date(2026, 3, 1), ended_on=date(2026, 3, 15))

    with pytest.raises(PausesOverlapError):
        pause_spell(EVERYWHERE, SpellKey(PersonRole.MENTEE, second.id), FORTNIGHT)


def test_nobody_is_away_before_the_role_began_or_after_it_ended(flask_app):
    begun = MentorFactory(started_on=date(2026, 3, 11))
    ended = MentorFactory(
        started_on=date(2026, 1, 5), ended_on=TODAY, end_reason=end_reason("mentor_left")
    )

    with pytest.raises(PauseBeforeStartError):
        pause_spell(EVERYWHERE, mentor_key(begun), FORTNIGHT)
    with pytest.raises(SpellEndedError):
        pause_spell(EVERYWHERE, mentor_key(ended), FORTNIGHT)


def test_a_substitute_holds_the_same_role_in_the_ward_and_is_there(flask_app):
    mentor, near = MentorFactory(), MentorFactory()
    away, elsewhere = MentorFactory(), MentorFactory(ward=any_ward("21583"))
    PauseFactory(mentor=away, started_on=TODAY, ended_on=LATER)

    fit = list_substitutes(EVERYWHERE, mentor_key(mentor), clock.today())

    assert [one.person_id for one in fit] == [near.person_id]
    for unfit in (away, elsewhere, mentor):
        with pytest.raises(SubstituteUnfitError):
            pause_spell(EVERYWHERE, mentor_key(mentor), PauseTerms(TODAY, LATER, unfit.person_id))


def test_somebody_of_another_ward_does_not_exist(flask_app):
    mentor = MentorFactory(ward=any_ward("21583"))
    own = WardScope.of([any_ward("21553").id])

    with pytest.raises(OutOfScopeError):
        pause_spell(own, mentor_key(mentor), FORTNIGHT)
    with pytest.raises(OutOfScopeError):
        find_pause(own, mentor_key(mentor), TODAY)
