"""Who a row is about: the definition of the same person, and the people it is looked up among."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from itertools import chain

from app.exchange.records import RosterRole, RosterRow
from app.queries.roster_details import KnownDetails
from app.roster.network import RoleSpell, Someone
from models.likeness import Identity, is_same_person
from models.names import fold

NOBODY: frozenset[Someone] = frozenset()


class TwoPeopleError(Exception):
    """Several people fit a row equally well; `people` are they, the text a Vietnamese sentence."""

    def __init__(self, message: str, people: Sequence[Someone]) -> None:
        super().__init__(message)
        self.people = people


class PeoplePool:
    """The known people and those that the file brings, to be found by ward and name or phone."""

    def __init__(self) -> None:
        self._by_name: defaultdict[tuple[int, str], list[Someone]] = defaultdict(list)
        self._by_phone: defaultdict[str, list[Someone]] = defaultdict(list)
        self._known: dict[int, Someone] = {}
        self.new_people: list[Someone] = []

    def add(self, someone: Someone) -> None:
        """Take a person in; roles follow through `add_spell`."""
        if someone.phone is not None:
            self._by_phone[someone.phone].append(someone)
        if someone.id is None:
            self.new_people.append(someone)
        else:
            self._known[someone.id] = someone

    def add_spell(self, spell: RoleSpell) -> None:
        """Give a person a role, known or new; from then on they are found in its ward."""
        spell.someone.spells.append(spell)
        namesakes = self._by_name[spell.ward_id, spell.someone.name_key]
        if spell.someone not in namesakes:
            namesakes.append(spell.someone)

    def let_go(self) -> None:
        """Forget who has which role, so that no person and role hold each other in memory.

        Whatever the plan is made of then goes with it, and leaves nothing to the collector.
        """
        for someone in chain.from_iterable(self._by_name.values()):
            someone.spells.clear()

    def learn_phone(self, someone: Someone, phone: str) -> None:
        """Fill in the phone of a new person that a later row names."""
        someone.phone = phone
        self._by_phone[phone].append(someone)

    def namesakes(self, ward_id: int, name_key: str) -> list[Someone]:
        """Return the people of that folded name who have, or had, a role in the ward."""
        return self._by_name.get((ward_id, name_key), [])

    def with_phone(self, phone: str) -> list[Someone]:
        """Return everybody with that phone, in every ward of the scope."""
        return self._by_phone.get(phone, [])

    def learn_details(self, details: Mapping[int, KnownDetails]) -> None:
        """Take in what else is recorded of known people, by their ids."""
        for person_id, told in details.items():
            self._known[person_id].details = told

    def known(self, person_id: int) -> Someone | None:
        """Return a recorded person of the pool."""
        return self._known.get(person_id)

    def find(
        self, row: RosterRow, role: RosterRole, ward_id: int, *, but: Set[Someone] = NOBODY
    ) -> Someone | None:
        """Return the person that the row is about, `but` for some; None for somebody new.

        Where several fit, the one who already has the role that the row tells of, then the one of
        whom exactly the same is known. Raises `TwoPeopleError` when that decides nothing.
        """
        namesakes = self.namesakes(ward_id, fold(row.full_name))
        if not namesakes:
            return None
        # In the order in which they were made, which is that of the file that brought them.
        namesakes = sorted(namesakes, key=lambda one: (one.id is None, one.id or 0))
        fitting = [one for one in namesakes if one not in but and _is_same(one, row, role, ward_id)]
        if not fitting:
            return None
        closeness = [_closeness(one, row, role, ward_id) for one in fitting]
        someone = fitting[closeness.index(max(closeness))]
        has_role = matching_spell(someone, row, role, ward_id) is not None
        if not has_role and closeness.count(max(closeness)) > 1:
            message = (
                f"Trong xã có {len(fitting)} người tên {row.full_name} khớp với dòng này. Ghi thêm "
                "năm sinh và số điện thoại để biết là ai."
            )
            raise TwoPeopleError(message, fitting)
        return someone


def matching_spell(
    someone: Someone, row: RosterRow, role: RosterRole, ward_id: int
) -> RoleSpell | None:
    """Return the role that the row tells of, if the person has it already.

    That is the one with the row's start; a row without an end also means the open one, whatever
    its start; a row without a start means the open one, else the latest.
    """
    spells = [s for s in someone.spells if s.role is role and s.ward_id == ward_id]
    is_open = [spell for spell in spells if spell.ended_on is None]
    if row.started_on is None:
        return next(iter(is_open), max(spells, key=lambda s: s.started_on, default=None))
    exact = [spell for spell in spells if spell.started_on == row.started_on]
    return next(iter(exact or ([] if row.ended_on else is_open)), None)


def _is_same(someone: Someone, row: RosterRow, role: RosterRole, ward_id: int) -> bool:
    """Say whether a namesake of the ward is whom the row tells of.

    A bare name proves nothing, so that two bare namesakes of one list are two people. Yet a list
    that comes in again must change nothing: a bare row is a known bare person who has exactly the
    role that the row tells of, unless another row of the file told of it already.
    """
    known = Identity(someone.name_key, someone.birth_year, someone.phone)
    if is_same_person(known, Identity(someone.name_key, row.birth_year, row.phone)):
        return True
    if row.phone is not None or row.birth_year is not None or not someone.has_no_proof:
        return False
    spell = matching_spell(someone, row, role, ward_id)
    is_exact = spell is not None and row.started_on in {None, spell.started_on}
    return spell is not None and is_exact and spell.id is not None and spell.row is None


def _closeness(someone: Someone, row: RosterRow, role: RosterRole, ward_id: int) -> int:
    """Return how well a fitting person fits: has the role, not yet told of, its start, facts."""
    spell = matching_spell(someone, row, role, ward_id)
    signs = (
        spell is not None,
        spell is not None and spell.row is None,
        spell is not None and spell.started_on == row.started_on,
        someone.phone == row.phone,
        someone.birth_year == row.birth_year,
        fold(someone.hamlet or "") == fold(row.hamlet or ""),
    )
    return sum(sign << place for place, sign in enumerate(reversed(signs)))
