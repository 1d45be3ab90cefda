"""What a file says otherwise of people who are recorded already: old → new, field by field."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.exchange.records import RosterRole, RosterRow
from app.queries.roster_details import KnownDetails
from app.roster.network import RoleSpell, Someone
from app.roster.words import Words
from models.names import fold

BETWEEN_LABELS = "; "
NOTHING = KnownDetails()


class FieldChange(NamedTuple):
    """One field of a person, recorded and in the file; `is_taken`: the file's is to be recorded.

    Groups and languages are labels, those in the file beside those that are recorded: a list may
    leave some out, and nobody loses any by it.
    """

    name: str
    old: str | int | None
    new: str | int
    is_taken: bool = False

    @property
    def fills(self) -> bool:
        """Say whether nothing is recorded so far."""
        return self.old is None

    @property
    def added(self) -> list[str]:
        """The labels that come to those that are recorded."""
        known = set(str(self.old or "").split(BETWEEN_LABELS))
        return [label for label in str(self.new).split(BETWEEN_LABELS) if label not in known]


def changes_of(
    someone: Someone, spell: RoleSpell | None, row: RosterRow, words: Words
) -> Iterator[FieldChange]:
    """Yield what the row says otherwise of a known person; an empty cell says nothing."""
    details = someone.details or NOTHING
    told: tuple[tuple[str, str | int | None, str | int | None], ...] = (
        ("birth_year", someone.birth_year, row.birth_year),
        ("gender", someone.gender, row.gender),
        ("phone", someone.phone, row.phone),
        ("note", details.note, row.note),
    )
    if _is_spelled_otherwise(someone.full_name, row.full_name):
        yield FieldChange("full_name", someone.full_name, row.full_name)
    for name, old, new in told:
        if new is not None and new != old:
            yield FieldChange(name, old, new)
    if row.hamlet and fold(row.hamlet) != fold(someone.hamlet or ""):
        yield FieldChange("hamlet", someone.hamlet, row.hamlet)
    if row.groups:
        found = [group for group in map(words.group, row.groups) if group is not None]
        plain = [group.label for group in found if not group.is_sensitive]
        yield from _more("groups", details.groups, plain)
    if row.languages:
        spoken = [label for label in row.languages if words.language_id(label) is not None]
        yield from _more("languages", details.languages, spoken)
    if row.capacity is not None and spell is not None and _may_take_otherwise(spell, row.capacity):
        yield FieldChange("capacity", spell.capacity, row.capacity)


def untaken_groups(someone: Someone, row: RosterRow, words: Words) -> Iterator[str]:
    """Yield which sensitive groups of a known person a file alone cannot make known."""
    known = (someone.details or NOTHING).groups
    for group in map(words.group, row.groups):
        if group is not None and group.is_sensitive and group.label not in known:
            yield (
                f"Nhóm “{group.label}” là thông tin nhạy cảm nên không lấy từ tệp cho người đã có. "
                "Ghi ở trang của người này cùng căn cứ."
            )


def _more(name: str, known: Sequence[str], told: Sequence[str]) -> Iterator[FieldChange]:
    missing = [label for label in dict.fromkeys(told) if label not in known]
    if missing:
        old, new = BETWEEN_LABELS.join(known), BETWEEN_LABELS.join([*known, *missing])
        yield FieldChange(name, old or None, new)


def _is_spelled_otherwise(recorded: str, told: str) -> bool:
    """Say whether a list spells a name otherwise; capitals, or no accents at all, say nothing."""
    if recorded.casefold() == told.casefold():
        return False
    return not (told.isascii() and fold(told) == fold(recorded))


def _may_take_otherwise(spell: RoleSpell, capacity: int) -> bool:
    is_open = spell.role is RosterRole.MENTOR and spell.ended_on is None
    return is_open and capacity != spell.limit
