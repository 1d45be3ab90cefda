"""Searching for people gives what reading every name would give, on both databases."""

import random
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from app.access.scope import WardScope
from app.queries import people_filter
from app.queries.mentee_lists import list_mentees
from app.queries.name_search import MEANT, find_people, is_meant
from app.queries.people_filter import PeopleFilter, Window
from app.queries.settings import get_settings
from models import Hamlet, Mentee, Person, db
from models.names import fold
from tests.factories.base import any_ward
from tests.factories.network import MenteeFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("flask_app")

FAMILIES = ("Nguyễn", "Trần", "Đinh", "Rơ Châm", "Siu", "Rmah", "Ksor", "Nay", "Lê")
MIDDLE = ("Văn", "Thị", "H'", "Y", "Thị Ánh", "Đức", "")
GIVEN = ("Tám", "Phen", "Blơ", "Hạnh", "Ngân", "Ngà", "Đào", "Ốp", "An", "Ân", "Nguyên")
ODD = ('Đinh "Bơi"', "Rơ-Châm Hà", "Ksor_Blơ 50%", "A*B NEAR", "Lê OR Tám", "Nay ^Phen", "Y\\Moan")
HAMLETS = ("Làng Ốp", "Tổ dân phố 3", "Thôn Nguyên An", "Plei Đào", "Làng Siu Blơ")
SYNTAX = ("OR", "AND", "NOT", "NEAR(", '"', "'", "*", "^", "-", "+", ":", "(", "%", "_", "\\", "{")


def test_three_hundred_searches_find_whom_reading_every_name_finds():
    dice = random.Random(20260722)  # noqa: S311  # repeatable, no secret
    fill(dice)
    people = everybody()

    for typed in searches(dice, people, 300):
        wanted = sorted(read_every_name(typed, people))
        assert (found(typed), found_by_reading(typed)) == (wanted, wanted), typed


@pytest.mark.parametrize("typed", ["912 345", "0912.345", "+84 912", "(0912)345-678", "84912345"])
def test_a_phone_is_found_by_a_part_however_it_is_typed(typed):
    owner = PersonFactory(full_name="Siu Phen", phone="+84912345678")
    PersonFactory(full_name="Siu Blơ", phone="+84987654321")
    PersonFactory(full_name="Siu 912", phone=None)

    assert found(typed) == [owner.id]


def test_two_digits_are_looked_for_in_names():
    named = PersonFactory(full_name="Siu 91 Phen", hamlet=None)
    PersonFactory(full_name="Siu Blơ", phone="+84912345678", hamlet=None)

    assert found("91") == [named.id]


@pytest.mark.parametrize("typed", ["", "   ", "\0", "\u200b"])
def test_nothing_typed_narrows_nothing(typed):
    assert find_people(typed) is None


def test_a_name_is_found_under_its_new_spelling_alone():
    person = PersonFactory(full_name="Siu Phen", hamlet=None)
    person.full_name = "Siu Blơ"
    db.session.commit()

    assert (found("phen"), found("blo")) == ([], [person.id])


def test_a_list_shows_of_the_people_found_those_of_its_ward_and_of_its_scope():
    here, there = any_ward(), any_ward("23764")
    first = MenteeFactory(person=PersonFactory(full_name="Siu Phen"), ward=here)
    MenteeFactory(person=PersonFactory(full_name="Siu Phen"), ward=there)
    MenteeFactory(person=PersonFactory(full_name="Ksor Blơ"), ward=here)
    day = first.started_on

    for scope, chosen in (
        (WardScope.of([here.id]), PeopleFilter(words="PHEN si")),
        (WardScope.everywhere(), PeopleFilter(words="PHEN si", ward_code=here.code)),
    ):
        listed = list_mentees(scope, chosen, Window(), day, get_settings(day))
        assert ([line.id for line in listed.lines], listed.total) == ([first.id], 1)


def test_a_list_does_not_count_on_when_words_find_many_and_still_shows_them_by_name(monkeypatch):
    ids = [MenteeFactory(person=PersonFactory(full_name=f"Siu {name}")).id for name in "CBDA"]
    monkeypatch.setattr(people_filter, "MANY", 3)
    day = db.session.get_one(Mentee, ids[0]).started_on

    listed = list_mentees(
        WardScope.everywhere(), PeopleFilter(words="siu"), Window(size=2), day, get_settings(day)
    )

    names = [line.full_name for line in listed.lines]
    assert (names, listed.total, listed.has_more) == (["Siu A", "Siu B"], 3, True)


@pytest.mark.parametrize("people", [5, 9])
def test_behind_the_last_page_that_is_counted_comes_that_page_again(monkeypatch, people):
    """However many people the words find: fewer than are sorted, or more."""
    names = [f"Siu {letter}" for letter in "ABCDEFGHI"[:people]]
    mentees = [MenteeFactory(person=PersonFactory(full_name=name)) for name in reversed(names)]
    monkeypatch.setattr(people_filter, "MANY", 4)
    day = mentees[0].started_on

    for page, shown in ((1, names[:2]), (2, names[2:4]), (3, names[2:4])):
        window = Window(page=page, size=2)
        chosen = PeopleFilter(words="siu")
        listed = list_mentees(WardScope.everywhere(), chosen, window, day, get_settings(day))
        assert [line.full_name for line in listed.lines] == shown


def test_a_long_list_without_words_is_counted_to_the_end_and_walked_along_the_names(monkeypatch):
    ids = [MenteeFactory(person=PersonFactory(full_name=f"Siu {name}")).id for name in "CBDA"]
    monkeypatch.setattr(people_filter, "MANY", 3)
    day = db.session.get_one(Mentee, ids[0]).started_on

    listed = list_mentees(
        WardScope.everywhere(), PeopleFilter(), Window(page=2, size=3), day, get_settings(day)
    )

    names = [line.full_name for line in listed.lines]
    assert (names, listed.total, listed.has_more) == (["Siu D"], 4, False)


def fill(dice: random.Random) -> None:
    """Record people with names of every kind, half of them in a hamlet."""
    hamlets = [None]
    for name in HAMLETS:
        hamlet = Hamlet(ward=any_ward(), entered_at=PersonFactory().entered_at)
        hamlet.name, hamlet.search_text = name, fold(name)
        hamlets.append(hamlet)
    names = [
        " ".join((dice.choice(FAMILIES), dice.choice(MIDDLE), dice.choice(GIVEN)))
        for _ in range(120)
    ]
    for name in (*names, *ODD):
        PersonFactory(full_name=name, phone=None, hamlet=dice.choice(hamlets))


def everybody() -> dict[int, tuple[str, str]]:
    """Return the name and the hamlet of each person, folded, with a space in front."""
    rows = db.session.execute(
        select(Person.id, Person.full_name, Hamlet.name).outerjoin(
            Hamlet, Hamlet.id == Person.hamlet_id
        )
    )
    return {row[0]: (f" {fold(row[1])}", f" {fold(row[2] or '')}") for row in rows}


def searches(dice: random.Random, people: dict[int, tuple[str, str]], count: int) -> Iterator[str]:
    """Yield what somebody may type: beginnings of words in any order and case, and odd signs."""
    words = sorted({word for texts in people.values() for word in " ".join(texts).split()})
    originals = [word for name in (*FAMILIES, *GIVEN, *ODD) for word in name.split()]
    for _ in range(count):
        typed = [word[: dice.randint(1, len(word))] for word in dice.sample(words, k=2)]
        name, hamlet = dice.choice(list(people.values()))
        own = name.split()
        typed = dice.choice(
            [
                typed,
                typed[:1],
                [dice.choice(originals)],
                hamlet.split(),
                hamlet.split()[-1:],
                dice.sample(own, k=min(len(own), 3)),
                [word[:2] for word in dice.sample(own, k=min(len(own), 2))],
                [dice.choice(SYNTAX), *typed[:1]],
                [typed[0] + dice.choice(SYNTAX)],
            ]
        )
        yield dice.choice((str.upper, str.lower, str.title))("  ".join(typed))


def read_every_name(typed: str, people: dict[int, tuple[str, str]]) -> list[int]:
    return [
        person_id
        for person_id, (name, hamlet) in people.items()
        if all(f" {word}" in name for word in fold(typed).split())
        or hamlet.endswith(f" {fold(typed)}")
    ]


def found(typed: str) -> list[int]:
    people = find_people(typed)
    statement = select(Person.id).order_by(Person.id)
    return list(
        db.session.scalars(statement if people is None else statement.where(Person.id.in_(people)))
    )


def found_by_reading(typed: str) -> list[int]:
    statement = select(MEANT.id).where(is_meant(typed)).order_by(MEANT.id)
    return list(db.session.scalars(statement))
