"""Which mentor a mentee's row names, and from when to when the two belong together."""

from datetime import date

from app.exchange.records import RosterRole, RosterRow
from app.exchange.remembered import Remembered
from app.formatting import format_day
from app.roster.network import Pairing, RoleSpell, Someone
from app.roster.people import PeoplePool
from app.roster.wards import WardBook
from app.roster.words import Words
from models.names import fold, format_phone


class MentorRefusedError(Exception):
    """The mentor of a row cannot be used; the argument is the Vietnamese sentence."""


class MentorFinder:
    """Finds mentors by phone anywhere in the scope, else by name within the mentee's ward.

    To be asked when all mentors of the file are in the pool.
    """

    def __init__(self, pool: PeoplePool, words: Words, wards: WardBook) -> None:
        self._pool = pool
        self._words = words
        # No method of its own: the table and the finder would keep each other in memory.
        self._mentor_spells = Remembered[Someone, list[RoleSpell]](
            lambda someone: _list_mentor_spells(someone, wards)
        )
        self.rejected: list[tuple[RosterRow, int | None]] = []

    def find(self, row: RosterRow, ward_id: int) -> list[Someone]:
        """Return the mentors that the row may mean; raise `MentorRefusedError` when there are none.

        A name beside a phone decides between people who share it, and stands in for a phone that
        is not recorded.
        """
        found = self._by_phone(row) or self._by_name(row, ward_id)
        if found:
            return found
        mentor = row.mentor_name or format_phone(row.mentor_phone or "")
        for rejected, rejected_ward_id in self.rejected:
            if _means(row, rejected) and rejected_ward_id in {None, ward_id}:
                message = (
                    f"Mentor {mentor} ở dòng {rejected.row_number} (trang “{rejected.sheet}”) "
                    "chưa nhập được. Sửa dòng đó trước."
                )
                raise MentorRefusedError(message)
        where = "" if row.mentor_phone else " trong xã, phường này"
        message = (
            f"Không thấy mentor {mentor}{where}. Thêm mentor vào danh sách, hoặc sửa tên, số điện "
            "thoại ở cột Mentor phụ trách."
        )
        raise MentorRefusedError(message)

    def pair(self, row: RosterRow, mentee: RoleSpell, found: list[Someone]) -> Pairing:
        """Return the new mentorship: from the later of both starts, until either of them ends.

        After earlier mentorships it starts with the end of the last. Raises `MentorRefusedError`.
        """
        spell = self._choose(row, mentee, found)
        started_on, ended_on = max(mentee.started_on, spell.started_on), mentee.ended_on
        for pairing in mentee.pairings:
            started_on = max(started_on, pairing.ended_on or started_on)
        if spell.ended_on is not None:
            ended_on = min(spell.ended_on, ended_on or spell.ended_on)
        if ended_on is not None and started_on >= ended_on:
            raise MentorRefusedError(_no_common_day(spell))
        return Pairing(
            spell.someone.name_key,
            spell.someone.phone,
            started_on,
            ended_on,
            mentor=spell,
            reason_id=self._reason_id(mentee, ended_on),
        )

    def _reason_id(self, mentee: RoleSpell, ended_on: date | None) -> int | None:
        if ended_on is None:
            return None
        reason = None
        if ended_on == mentee.ended_on:
            reason = self._words.reason_with(mentee.reason_id)
        return self._words.mentorship_reason_id(reason)

    def _by_phone(self, row: RosterRow) -> list[Someone]:
        if row.mentor_phone is None:
            return []
        found = [one for one in self._pool.with_phone(row.mentor_phone) if self._mentor_spells[one]]
        if len(found) < 2:  # noqa: PLR2004 - nobody to choose among
            return found
        key = fold(row.mentor_name or "")
        return [one for one in found if one.name_key == key] or found

    def _by_name(self, row: RosterRow, ward_id: int) -> list[Someone]:
        if row.mentor_name is None:
            return []
        return [
            someone
            for someone in self._pool.namesakes(ward_id, fold(row.mentor_name))
            if any(spell.ward_id == ward_id for spell in self._mentor_spells[someone])
            and (row.mentor_phone is None or someone.phone is None)
        ]

    def _choose(self, row: RosterRow, mentee: RoleSpell, found: list[Someone]) -> RoleSpell:
        others = [someone for someone in found if someone is not mentee.someone]
        if not others:
            raise MentorRefusedError("Mentor phụ trách không thể là chính người học này.")
        meeting = [
            spell
            for someone in others
            for spell in self._mentor_spells[someone]
            if spell.meets(mentee.started_on, mentee.ended_on)
        ]
        if not meeting:
            raise MentorRefusedError(_no_common_day(self._mentor_spells[others[0]][-1]))
        if mentee.ended_on is None:
            meeting = [spell for spell in meeting if spell.ended_on is None] or meeting
        if len(meeting) == 1:
            return meeting[0]
        count = len({spell.someone for spell in meeting})
        if count > 1:
            mentor = row.mentor_name or format_phone(row.mentor_phone or "")
            message = (
                f"Có {count} mentor khớp với {mentor}. Ghi thêm số điện thoại (và họ tên) của "
                "mentor để biết là ai."
            )
            raise MentorRefusedError(message)
        return max(meeting, key=lambda spell: spell.started_on)


def names_mentor_of(row: RosterRow, pairing: Pairing) -> bool:
    """Say whether the row's mentor is that of a mentorship: by phone, else by name."""
    has_name = row.mentor_name is not None and fold(row.mentor_name) == pairing.mentor_key
    if row.mentor_phone is None or pairing.mentor_phone is None:
        return has_name
    return row.mentor_phone == pairing.mentor_phone


def _list_mentor_spells(someone: Someone, wards: WardBook) -> list[RoleSpell]:
    """Return the roles as mentor in wards of the scope."""
    return [
        spell
        for spell in someone.spells
        if spell.role is RosterRole.MENTOR and wards.name_of(spell.ward_id) is not None
    ]


def _no_common_day(spell: RoleSpell) -> str:
    until = "" if spell.ended_on is None else f" đến {format_day(spell.ended_on)}"
    return (
        f"{spell.someone.full_name} là mentor từ {format_day(spell.started_on)}{until}, không "
        "trùng thời gian học của người này. Sửa ngày hoặc ghi mentor khác."
    )


def _means(row: RosterRow, rejected: RosterRow) -> bool:
    if row.mentor_phone is not None and row.mentor_phone == rejected.phone:
        return True
    has_name = row.mentor_name is not None and rejected.full_name != ""
    return has_name and fold(row.mentor_name or "") == fold(rejected.full_name)
