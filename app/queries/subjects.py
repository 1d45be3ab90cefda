"""Who or what a finding is about: the names behind the ids, for readers who may see people."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, or_, select
from sqlalchemy.orm import aliased

from app.access.scope import WardScope
from app.queries.across_wards import Particulars, disclose
from app.queries.kept_statements import kept_statement, read_scoped
from app.queries.people import is_known
from app.queries.session_bundles import list_bundled_ids
from graphs.findings import Finding, SubjectKind
from models import Mentee, Mentor, Mentorship, Person, SupportPost

# Far below what either database takes as parameters of one statement.
CHUNK = 5000


class PersonName(NamedTuple):
    """A name, and the birth year where another person has the same name (None: not needed)."""

    full_name: str
    birth_year: int | None

    @property
    def written(self) -> str:
        """The name, with the birth year where another person bears it too."""
        return (
            self.full_name if self.birth_year is None else f"{self.full_name} ({self.birth_year})"
        )


class PairNames(NamedTuple):
    """The two people of a mentorship, and the mentor spell that pages link to."""

    mentor_id: int
    mentor: PersonName
    mentee: PersonName


@dataclass(frozen=True, slots=True)
class SubjectNames:
    """Names by the id of a mentor, mentee, mentorship or person; who is absent stays unnamed.

    Of help sessions, which bear no name, the ids of those that were noted many at once.
    """

    mentors: dict[int, PersonName] = field(default_factory=dict)
    mentees: dict[int, PersonName] = field(default_factory=dict)
    mentorships: dict[int, PairNames] = field(default_factory=dict)
    people: dict[int, PersonName] = field(default_factory=dict)
    bundled: frozenset[int] = frozenset()


def name_subjects(scope: WardScope, findings: Iterable[Finding]) -> SubjectNames:
    """Return the names of the people that findings are about, as far as the scope reaches."""
    ids: dict[SubjectKind, set[int]] = {kind: set() for kind in SubjectKind}
    for finding in findings:
        if isinstance(finding.subject.id, int):
            ids[finding.subject.kind].add(finding.subject.id)
    return SubjectNames(
        mentors=name_mentors(scope, ids[SubjectKind.MENTOR]),
        mentees=name_mentees(scope, ids[SubjectKind.MENTEE]),
        mentorships=name_pairs(scope, ids[SubjectKind.MENTORSHIP]),
        people=name_people(scope, ids[SubjectKind.PERSON]),
        bundled=list_bundled_ids(scope, ids[SubjectKind.HELP_SESSION]),
    )


def name_mentors(scope: WardScope, mentor_ids: Iterable[int]) -> dict[int, PersonName]:
    """Return the names of mentors of the scope by the id of their spell."""
    return _name_spells(scope, Mentor, mentor_ids)


def name_mentees(scope: WardScope, mentee_ids: Iterable[int]) -> dict[int, PersonName]:
    """Return the names of mentees of the scope by the id of their spell."""
    return _name_spells(scope, Mentee, mentee_ids)


def name_post_holders(scope: WardScope, post_ids: Iterable[int]) -> dict[int, PersonName]:
    """Return the names of support staff of the scope by the id of their post."""
    return _name_spells(scope, SupportPost, post_ids)


def name_people(scope: WardScope, person_ids: Iterable[int]) -> dict[int, PersonName]:
    """Return the names of people whom the wards of the scope know, by the id of the person."""
    found = {}
    for ids in _chunks(person_ids):
        for person_id, name, birth_year in read_scoped(scope, _names_of_people, ids=ids):
            found[person_id] = PersonName(name, birth_year)
    return found


@kept_statement
def _names_of_people(scope: WardScope) -> Select[int, str, int | None]:
    return select(Person.id, Person.full_name, Person.birth_year).where(
        Person.id.in_(bindparam("ids", expanding=True)), is_known(scope)
    )


def name_pairs(scope: WardScope, mentorship_ids: Iterable[int]) -> dict[int, PairNames]:
    """Return both names of mentorships that either side's ward puts inside the scope.

    The birth year is told of people of the scope only.
    """
    found = {}
    for ids in _chunks(mentorship_ids):
        for row in read_scoped(scope, _names_of_pairs, ids=ids):
            pair_id, mentor_id, mentor, mentor_year, ward_id, mentee, mentee_year, other_id = row
            found[pair_id] = PairNames(
                mentor_id,
                _disclosed(scope, ward_id, mentor, mentor_year),
                _disclosed(scope, other_id, mentee, mentee_year),
            )
    return found


@kept_statement
def _names_of_pairs(scope: WardScope) -> Select[*tuple[Any, ...]]:
    is_visible = or_(scope.limit(Mentorship.mentor_ward_id), scope.limit(Mentorship.mentee_ward_id))
    teacher, learner = aliased(Person), aliased(Person)
    return (
        select(
            Mentorship.id,
            Mentorship.mentor_id,
            teacher.full_name,
            _told_apart_by(teacher),
            Mentorship.mentor_ward_id,
            learner.full_name,
            _told_apart_by(learner),
            Mentorship.mentee_ward_id,
        )
        .join(Mentor, Mentor.id == Mentorship.mentor_id)
        .join(teacher, teacher.id == Mentor.person_id)
        .join(Mentee, Mentee.id == Mentorship.mentee_id)
        .join(learner, learner.id == Mentee.person_id)
        .where(Mentorship.id.in_(bindparam("ids", expanding=True)), is_visible)
    )


def _disclosed(
    scope: WardScope, ward_id: int, full_name: str, birth_year: int | None
) -> PersonName:
    return PersonName(full_name, disclose(scope, ward_id, Particulars(birth_year)).birth_year)


def _name_spells(
    scope: WardScope, spell: type[Mentor | Mentee | SupportPost], spell_ids: Iterable[int]
) -> dict[int, PersonName]:
    found = {}
    for ids in _chunks(spell_ids):
        for spell_id, name, birth_year in read_scoped(scope, _names_of, spell, ids=ids):
            found[spell_id] = PersonName(name, birth_year)
    return found


@kept_statement
def _names_of(
    scope: WardScope, spell: type[Mentor | Mentee | SupportPost]
) -> Select[int, str, int | None]:
    return (
        select(spell.id, Person.full_name, _told_apart_by(Person))
        .join(Person, Person.id == spell.person_id)
        .where(spell.id.in_(bindparam("ids", expanding=True)), scope.limit(spell.ward_id))
    )


def _told_apart_by(person: type[Person]) -> ColumnElement[int | None]:
    """The birth year where somebody else has the same name, else nothing."""
    other = aliased(Person)
    is_namesake = and_(
        other.search_text == person.search_text,
        other.id != person.id,
        other.merged_into_id.is_(None),
    )
    return case((exists().where(is_namesake), person.birth_year))


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]
