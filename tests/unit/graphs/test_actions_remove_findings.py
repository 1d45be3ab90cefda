"""Whoever does what a finding asks for, and what it asks for then, is rid of it."""

from datetime import timedelta
from itertools import count

from hypothesis import given

from graphs.audit import audit
from graphs.findings import ActionCode, Rule, Severity
from graphs.network import build_network
from graphs.rows import MenteeRow, MentorRow, MentorshipRow, PostRow
from graphs.timeline import is_open, is_paused
from tests.unit.graphs.generated import networks, thresholds
from tests.unit.graphs.test_against_brute_force import repeatable

NEW = 1_000
USUAL_CAPACITY = 10
# A mentor below the floor may first need more capacity, then people, then each of them paired.
MOST_STEPS = 12


class Ward:
    """The rows of a network in which somebody does what the audit asks for."""

    def __init__(self, rows, limits, as_of):
        self.rows, self.limits, self.as_of = rows, limits, as_of
        self.numbers = count(NEW)

    def audited(self):
        return audit(build_network(self.rows, as_of=self.as_of), self.limits)

    def do(self, finding):
        """Carry out the action of a finding, as the page behind its button would."""
        getattr(self, finding.action.value)(finding)

    def add_support_post(self, finding):
        number = next(self.numbers)
        post = PostRow(number, finding.ward, number, self.as_of, None, ())
        self.rows = self.rows._replace(posts=[*self.rows.posts, post])

    def add_mentor(self, finding):
        number = next(self.numbers)
        mentor = MentorRow(number, finding.ward, number, self.as_of, None, USUAL_CAPACITY, ())
        self.rows = self.rows._replace(mentors=[*self.rows.mentors, mentor])

    def log_session(self, finding):
        self.change_ward(finding.ward, last_desk_on=self.as_of)

    def enter_data(self, finding):
        self.change_ward(finding.ward, last_entry_on=self.as_of)

    def register_mentee(self, finding):
        number = next(self.numbers)
        mentee = MenteeRow(
            number, finding.ward, number, self.as_of, self.as_of, None, (), None, None, None
        )
        self.rows = self.rows._replace(mentees=[*self.rows.mentees, mentee])

    def pair_waiting(self, finding):
        mentor = self.mentor(finding.subject.id)
        others = [row for row in self.waiting(finding.ward) if row.person != mentor.person]
        if others:
            self.pair(mentor, others[0])
        else:
            self.register_mentee(finding)

    def pair_mentee(self, finding):
        self.add_mentor(finding)
        [mentee] = (row for row in self.rows.mentees if row.id == finding.subject.id)
        self.pair(self.rows.mentors[-1], mentee)

    def raise_capacity(self, finding):
        mentor = self.mentor(finding.subject.id)
        enough = max(self.load(mentor), self.limits.floor, mentor.capacity + 1)
        self.change_mentor_row(mentor, capacity=enough)

    def move_mentees(self, finding):
        """To colleagues in the ward who have room, one after the other."""
        mentor = self.mentor(finding.subject.id)
        for pair in self.open_pairs(mentor)[mentor.capacity :]:
            other = next(
                row
                for row in self.rows.mentors
                if row.ward == mentor.ward and self.is_at_work(row) and self.room(row) > 0
            )
            self.change_pair(pair, mentor=other.id)

    def log_contact(self, finding):
        is_pair = finding.rule is Rule.MENTORSHIP_DORMANT
        for pair in self.rows.mentorships:
            if finding.subject.id == (pair.id if is_pair else pair.mentor):
                last = pair.ended_on - timedelta(days=1) if pair.ended_on else self.as_of
                self.change_pair(pair, last_contact_on=min(last, self.as_of))

    def pair(self, mentor, mentee):
        today = self.as_of
        number = next(self.numbers)
        pair = MentorshipRow(
            number, mentor.id, mentee.id, mentee.person, today, today, None, False, today
        )
        mentees = [
            row._replace(last_mentorship_start=today) if row.id == mentee.id else row
            for row in self.rows.mentees
        ]
        self.rows = self.rows._replace(mentees=mentees, mentorships=[*self.rows.mentorships, pair])

    def change_ward(self, code, **values):
        wards = [row._replace(**values) if row.code == code else row for row in self.rows.wards]
        self.rows = self.rows._replace(wards=wards)

    def change_mentor_row(self, mentor, **values):
        mentors = [row._replace(**values) if row is mentor else row for row in self.rows.mentors]
        self.rows = self.rows._replace(mentors=mentors)

    def change_pair(self, pair, **values):
        pairs = [row._replace(**values) if row is pair else row for row in self.rows.mentorships]
        self.rows = self.rows._replace(mentorships=pairs)

    def mentor(self, number):
        return next(row for row in self.rows.mentors if row.id == number)

    def open_pairs(self, mentor):
        pairs = self.rows.mentorships
        return [row for row in pairs if row.mentor == mentor.id and is_open(row, self.as_of)]

    def load(self, mentor):
        return len(self.open_pairs(mentor))

    def room(self, mentor):
        return mentor.capacity - self.load(mentor)

    def is_at_work(self, row):
        return is_open(row, self.as_of) and not is_paused(row, self.as_of)

    def waiting(self, code):
        paired = {row.mentee for row in self.rows.mentorships if is_open(row, self.as_of)}
        return [
            row
            for row in self.rows.mentees
            if row.ward == code and self.is_at_work(row) and row.id not in paired
        ]


@repeatable
@given(networks(), thresholds)
def test_doing_what_a_finding_asks_for_removes_it(network, limits):
    as_of, rows = network
    report = audit(build_network(rows, as_of=as_of), limits)
    for finding in report.findings:
        if finding.severity is not Severity.NOTICE:
            assert not left_after_its_actions(Ward(rows, limits, as_of), finding)


def left_after_its_actions(ward, finding):
    """Return the finding that is still there when all that it asked for is done, if any."""
    cause = finding.rule, finding.subject
    left = [finding]
    for _step in range(MOST_STEPS):
        ward.do(left[0])
        left = [one for one in ward.audited().findings if (one.rule, one.subject) == cause]
        if not left:
            break
    return left


def test_every_action_of_a_finding_that_counts_against_a_ward_can_be_carried_out():
    of_notices = {ActionCode.CHANGE_MENTOR, ActionCode.COMPARE_PEOPLE, ActionCode.REVIEW_SESSIONS}
    without_finding = {ActionCode.IMPORT_ROSTER}

    done = {code for code in ActionCode if hasattr(Ward, code.value)}

    assert set(ActionCode) - done == of_notices | without_finding
