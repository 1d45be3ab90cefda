"""On random sites, doing what a finding asks for removes it: every rule, every action."""

from collections import Counter
from datetime import date

import pytest
import time_machine

from app.access.scope import WardScope
from app.queries.audit import audit_scope
from graphs.findings import ActionCode, Rule
from models import Mentee, Mentor, Mentorship, SupportPost, db
from tests.factories.actions import Doer
from tests.factories.network import MentorFactory
from tests.factories.site import RandomSite

EVERYWHERE = WardScope.everywhere()
SEEDS = range(3)
# After all that the sites tell of, but for ends that were set for later.
TODAY = date(2026, 8, 31)
# Of each rule so many findings a site: the first ones, as they stand in the list.
OF_EACH_RULE = 3
# A mentor without room, or for whom nobody waits, reaches the floor in several steps: more room,
# people who are new, and pairing. Where one mentor has too many pairs, another comes first.
STEPS = dict.fromkeys(Rule, 1) | {Rule.MENTOR_BELOW_FLOOR: 6, Rule.WARD_HANGS_ON_ONE_PERSON: 2}

# The one of wards without data, which yield no finding; the other comes where nobody waits.
OF_OTHERS = {ActionCode.IMPORT_ROSTER, ActionCode.REGISTER_MENTEE}


class PresentSite(RandomSite):
    """A site of which nothing is known beforehand, where who was merged has no role any more."""

    def merge_some(self):
        pass

    def add_everything(self):
        super().add_everything()
        self.add_burst(date(2026, 8, 30))
        db.session.flush()
        for spells in (Mentor, Mentee, Mentorship, SupportPost):
            for spell in db.session.query(spells).where(spells.ended_on > TODAY):
                spell.ended_on = spell.end_reason = None


@pytest.fixture(autouse=True)
def last_day():
    with time_machine.travel("2026-08-31T03:00:00Z", tick=False):
        yield


def findings():
    return audit_scope(EVERYWHERE, TODAY).findings


def still_there(finding):
    """The finding as it is now, or nothing."""
    same = (one for one in findings() if (one.rule, one.subject) == (finding.rule, finding.subject))
    return next(same, None)


def some_of_each_rule():
    seen = Counter()
    for finding in findings():
        seen[finding.rule] += 1
        if seen[finding.rule] <= OF_EACH_RULE:
            yield finding


@pytest.mark.parametrize("seed", SEEDS)
def test_doing_what_a_finding_asks_for_removes_it(flask_app, seed):
    PresentSite(seed).fill()
    doer = Doer()

    for first in list(some_of_each_rule()):
        finding = still_there(first)
        for _ in range(STEPS[first.rule]):
            if finding is not None:
                doer.do(finding)
                finding = still_there(finding)
        assert finding is None, first


def test_these_sites_ask_for_everything(flask_app):
    asked = []
    for seed in SEEDS:
        PresentSite(seed).fill()
        asked += findings()

    assert {finding.rule for finding in asked} == set(Rule)
    assert {finding.action for finding in asked} == set(ActionCode) - OF_OTHERS


def test_where_nobody_waits_people_are_registered_and_then_paired(flask_app):
    MentorFactory()
    doer, asked = Doer(), []

    while below := [one for one in findings() if one.rule is Rule.MENTOR_BELOW_FLOOR]:
        asked.append(below[0].action)
        doer.do(below[0])

    assert asked == [ActionCode.REGISTER_MENTEE, ActionCode.PAIR_WAITING]
