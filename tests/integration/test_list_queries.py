"""Lists of pairs, help sessions, accounts, and of whoever is found, on both databases."""

from datetime import date, timedelta

import pytest

from app.access.scope import WardScope
from app.queries.account_lists import LAST_SEEN_AT, AccountFilter, list_account_ids
from app.queries.list_order import By, Order
from app.queries.mentorship_lists import (
    LAST_CONTACT,
    MENTOR,
    list_mentorship_ids,
    list_mentorships,
)
from app.queries.people_filter import PeopleFilter
from app.queries.people_found import search_role
from app.queries.session_lists import (
    DAY,
    PROCEDURE,
    SessionFilter,
    list_session_ids,
    list_sessions,
)
from app.queries.windows import Window
from models.enums import HelpMode, PersonRole
from tests.factories.accounts import AccountFactory, open_sign_in
from tests.factories.base import any_ward
from tests.factories.network import (
    HelpSessionFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PersonFactory,
)

EVERYWHERE = WardScope.everywhere()
HERE, THERE = "21553", "21583"
TODAY = date(2026, 3, 10)

pytestmark = pytest.mark.usefixtures("flask_app")


def pair(mentee: str, mentor: str) -> int:
    """Pair a mentee of one ward with a mentor of another, and return the pair's id."""
    return MentorshipFactory(
        mentee=MenteeFactory(person=PersonFactory(full_name=mentee), ward=any_ward(HERE)),
        mentor=MentorFactory(person=PersonFactory(full_name=mentor), ward=any_ward(THERE)),
        started_on=TODAY - timedelta(days=9),
    ).id


def test_a_window_of_pairs_is_the_same_part_of_all_pairs_in_every_order():
    for mentee, mentor in (("Siu Dih", "Lê An"), ("Siu Blơ", "Lê Đào"), ("Siu An", "Lê Bình")):
        pair(mentee, mentor)

    for order in (
        Order(),
        Order(is_descending=True),
        Order(MENTOR),
        Order(By.WARD),
        Order(LAST_CONTACT),
    ):
        ids = list_mentorship_ids(EVERYWHERE, PeopleFilter(), order, TODAY)
        window = Window(page=2, size=1, order=order)
        found = list_mentorships(EVERYWHERE, PeopleFilter(), window, TODAY)
        assert ([line.id for line in found.lines], found.total) == (ids[1:2], 3)


def test_pairs_are_found_by_the_names_of_both_in_both_wards():
    first, _second = pair("Siu Dih", "Lê An"), pair("Siu Blơ", "Lê Đào")

    for words in ("dih", "le an"):
        for code in (HERE, THERE):
            chosen = PeopleFilter(words=words, ward_code=code)
            scope = WardScope.of([any_ward(code).id])
            assert list_mentorship_ids(scope, chosen, Order(), TODAY) == [first]


def test_sessions_of_days_are_listed_by_ward_procedure_and_who_did_it():
    old, new = (
        HelpSessionFactory(service_date=day, mode=HelpMode.SELF, ward=any_ward(HERE)).id
        for day in (TODAY - timedelta(days=2), TODAY)
    )
    HelpSessionFactory(service_date=TODAY - timedelta(days=3), mode=HelpMode.SELF)
    HelpSessionFactory(service_date=TODAY, mode=HelpMode.TOGETHER)
    chosen = SessionFilter(TODAY - timedelta(days=2), TODAY, HERE, mode=HelpMode.SELF)

    found = list_sessions(EVERYWHERE, chosen, Window(size=1, order=Order(DAY)))

    assert ([line.id for line in found.lines], found.total) == ([old], 2)
    for order in (Order(DAY, is_descending=True), Order(PROCEDURE), Order(By.WARD)):
        assert list_session_ids(EVERYWHERE, chosen, order) == [new, old]


def test_somebody_is_found_once_in_a_role_by_the_latest_spell_that_the_scope_has():
    person, here, there = PersonFactory(full_name="Siu Phen"), any_ward(HERE), any_ward(THERE)
    left = MenteeFactory(
        person=person, ward=here, started_on=date(2025, 1, 1), ended_on=date(2025, 6, 1)
    )
    moved = MenteeFactory(person=person, ward=there, started_on=date(2025, 6, 1))

    def ids(scope: WardScope) -> list[int]:
        found = search_role(scope, PersonRole.MENTEE, "phen", at_most=20)
        return [line.id for line in found.lines]

    assert ids(EVERYWHERE) == [moved.id]
    assert ids(WardScope.of([here.id])) == [left.id]


def test_accounts_stand_by_when_they_were_used_those_never_used_last():
    never, lately = AccountFactory(display_name="Lê An"), AccountFactory(display_name="Lê Bình")
    open_sign_in(lately)

    found = list_account_ids(
        EVERYWHERE, AccountFilter("le"), Order(LAST_SEEN_AT, is_descending=True), today=TODAY
    )

    assert found == [lately.id, never.id]
