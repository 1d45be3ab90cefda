"""No page asks the database once more because there is one more row to show."""

from dataclasses import dataclass

import pytest
from werkzeug.routing import Rule

from app.access.policy import GRANTS
from app.extensions import limiter
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import (
    AttendanceFactory,
    ConsentFactory,
    MenteeFactory,
    MentorCapacityFactory,
    MentorFactory,
    MentorshipFactory,
    PauseFactory,
    PersonGroupFactory,
)
from tests.web.route_samples import ROUTES
from tests.web.sample_things import Place
from tests.web.statements import counted_statements
from tests.web.test_access_matrix import OWN_WARD, arguments, mapped, permission_of, routes

FEW, MANY = 2, 4
PAGES = [rule for rule, method in routes() if method == "GET" and permission_of(rule) is not None]


@dataclass(frozen=True)
class Crowd(Place):
    """A ward in which there are several of everything."""

    size: int = FEW

    def fill(self) -> "Crowd":
        """Make as many more of each kind as the crowd is large, and return the crowd."""
        for _number in range(self.size):
            self.mentor()
            self.mentee()
            for make in (
                self.activity,
                self.target,
                self.handoff,
                self.help_session,
                self.duty_turn,
                self.duty_leave,
                self.batch,
            ):
                make()
            for make in (self.taught_since, self.completed_mentee):
                make()
            for make in (self.twin, self.burst):
                make()
            for make in (self.account, self.granted_account, self.roster_import, self.sign_in):
                make()
        return self

    def mentor(self) -> int:
        """Make a mentor whom several people meet, with a pause and a capacity of their own."""
        mentor = MentorFactory(ward=any_ward(self.ward_code))
        PauseFactory(mentor=mentor)
        MentorCapacityFactory(mentor=mentor, capacity=20)
        for _number in range(self.size):
            mentee = MenteeFactory(ward=mentor.ward)
            AttendanceFactory(mentorship=MentorshipFactory(mentor=mentor, mentee=mentee))
        return mentor.id

    def mentee(self) -> int:
        """Make somebody who waits, of whom all is known."""
        mentee = MenteeFactory(ward=any_ward(self.ward_code))
        ConsentFactory(person=mentee.person)
        PersonGroupFactory(person=mentee.person)
        PauseFactory(mentee=mentee)
        return mentee.id


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_every_page_asks_as_often_for_many_rows_as_for_few(sign_in, role):
    account = account_with(role, OWN_WARD)
    client = sign_in(account)
    pages = [rule for rule in PAGES if permission_of(rule) in GRANTS[role]]

    few = Crowd(OWN_WARD, account, FEW).fill()
    asked_for_few = {rule.endpoint: statements_of(client, rule, few) for rule in pages}
    many = Crowd(OWN_WARD, account, MANY).fill()
    asked_for_many = {rule.endpoint: statements_of(client, rule, many) for rule in pages}

    growing = {
        page: difference(asked_for_few[page], asked)
        for page, asked in asked_for_many.items()
        if len(asked) > len(asked_for_few[page])
    }
    assert growing == {}


def statements_of(client, rule: Rule, crowd: Crowd) -> list[str]:
    """Return what a page asks when opened for the second time, when nothing is new to it."""
    limiter.reset()
    named = arguments(ROUTES[rule.endpoint], crowd)
    with mapped.test_request_context():
        url = mapped.url_for(rule.endpoint, _method="GET", **named)
    client.get(url)
    with counted_statements() as statements:
        answer = client.get(url)
    assert answer.status_code < 500
    return statements


def difference(few: list[str], many: list[str]) -> list[str]:
    """Return the statements that came more often."""
    return sorted({text for text in many if many.count(text) > few.count(text)})
