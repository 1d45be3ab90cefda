"""What the services of roster files share: a plan becomes rows. Nothing here commits."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import delete, insert

from app.access.scope import WardScope
from app.exchange.records import RosterFile, RosterRole
from app.queries.roster_matching import SPELLS, list_hamlet_ids
from app.roster.network import NewFacts, Pairing, RoleSpell, Someone
from app.roster.plan import RosterPlan
from app.roster.staging import pack_plan
from app.services.person_writing import find_or_make_hamlet
from models import (
    Consent,
    MentorCapacity,
    Mentorship,
    Person,
    PersonGroup,
    PersonLanguage,
    RosterImportRow,
    db,
)
from models.names import fold

# The paper that people signed is not at hand, so that its text cannot be named.
ROSTER_CONSENT_TEXT = "roster"


def write_plan(scope: WardScope, plan: RosterPlan) -> None:
    """Make the new people, roles and mentorships, each kind in one go; their ids go into the plan.

    For use inside a transaction.
    """
    _write_people(scope, plan)
    _write_spells(plan)
    db.session.add_all(_mentorship(mentee, pairing) for mentee, pairing in plan.pairings)
    db.session.flush()


def keep_rows(import_id: int, plan: RosterPlan, file: RosterFile) -> None:
    """Keep what becomes of each row of the file, in the place of what was kept before."""
    session = db.session
    session.execute(delete(RosterImportRow).where(RosterImportRow.roster_import_id == import_id))
    rows = [{**row, "roster_import_id": import_id} for row in pack_plan(plan, file)]
    session.execute(insert(RosterImportRow), rows)


def only_ward(plan: RosterPlan) -> int | None:
    """Return the ward in whose history the import belongs, None where it is about several."""
    ward_ids = {spell.ward_id for spell in plan.spells}
    ward_ids |= {mentee.ward_id for mentee, _ in plan.pairings}
    return ward_ids.pop() if len(ward_ids) == 1 else None


def _write_people(scope: WardScope, plan: RosterPlan) -> None:
    hamlets = _hamlet_ids(scope, plan)
    made = [(someone, facts, _person(someone, facts, hamlets)) for someone, facts in _new(plan)]
    db.session.add_all(person for _, _, person in made)
    db.session.flush()
    for someone, facts, person in made:
        someone.id = person.id
        db.session.add_all(_details(person.id, facts))
    db.session.flush()


def _new(plan: RosterPlan) -> Iterator[tuple[Someone, NewFacts]]:
    return ((one, one.facts) for one in plan.people if one.facts is not None)


def _hamlet_ids(scope: WardScope, plan: RosterPlan) -> dict[tuple[int, str], int]:
    # As the first row of the file spells it.
    named: dict[tuple[int, str], str] = {}
    for someone, facts in _new(plan):
        if someone.hamlet:
            named.setdefault((facts.ward_id, fold(someone.hamlet)), someone.hamlet)
    known = list_hamlet_ids(scope, {ward_id for ward_id, _ in named})
    for key, name in named.items():
        if key not in known and (made := find_or_make_hamlet(scope, key[0], name)) is not None:
            known[key] = made
    return known


def _person(someone: Someone, facts: NewFacts, hamlets: dict[tuple[int, str], int]) -> Person:
    return Person(
        full_name=someone.full_name,
        birth_year=someone.birth_year,
        gender=someone.gender,
        phone=someone.phone,
        hamlet_id=hamlets.get((facts.ward_id, fold(someone.hamlet or ""))),
        note=facts.note,
    )


def _details(person_id: int, facts: NewFacts) -> Iterator[Any]:
    if facts.consent is not None:
        method, given_on = facts.consent
        yield Consent(
            person_id=person_id,
            method=method,
            given_on=given_on,
            text_version=ROSTER_CONSENT_TEXT,
        )
    for group_id, based in sorted(facts.group_bases.items()):
        basis, basis_on = based or (None, None)
        yield PersonGroup(
            person_id=person_id, target_group_id=group_id, basis=basis, basis_on=basis_on
        )
    for language_id in sorted(facts.language_ids):
        yield PersonLanguage(person_id=person_id, language_id=language_id)


def _write_spells(plan: RosterPlan) -> None:
    made = [
        (
            spell,
            SPELLS[spell.role](
                person_id=spell.someone.id,
                ward_id=spell.ward_id,
                started_on=spell.started_on,
                ended_on=spell.ended_on,
                end_reason_id=spell.reason_id,
            ),
        )
        for spell in plan.spells
    ]
    db.session.add_all(row for _, row in made)
    db.session.flush()
    for spell, row in made:
        spell.id = row.id
        if spell.role is RosterRole.MENTOR and spell.capacity is not None:
            db.session.add(
                MentorCapacity(
                    mentor_id=row.id, effective_on=spell.started_on, capacity=spell.capacity
                )
            )
    db.session.flush()


def _mentorship(mentee: RoleSpell, pairing: Pairing) -> Mentorship:
    mentor = pairing.mentor
    if mentor is None:
        msg = "a new mentorship names its mentor"
        raise AssertionError(msg)
    return Mentorship(
        mentor_id=mentor.id,
        mentee_id=mentee.id,
        mentor_ward_id=mentor.ward_id,
        mentee_ward_id=mentee.ward_id,
        started_on=pairing.started_on,
        ended_on=pairing.ended_on,
        end_reason_id=pairing.reason_id,
    )
