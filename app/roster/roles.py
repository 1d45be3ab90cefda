"""A role that a row begins, unless its days forbid it."""

from datetime import date

from app.exchange.columns import Column
from app.exchange.records import RosterRole, RosterRow
from app.formatting import format_day
from app.roster.network import RoleSpell, Someone
from app.roster.wards import WardBook
from app.roster.words import Words

ROLE_WORDS = {
    RosterRole.MENTOR: "mentor",
    RosterRole.MENTEE: "người học",
    RosterRole.SUPPORT: "nhân sự hỗ trợ",
}


class RowRefusedError(Exception):
    """The row cannot be imported; the arguments are those of a `Complaint`."""

    def __init__(self, message: str, *columns: Column) -> None:
        super().__init__(message)
        self.columns = columns


class NewRoles:
    """Begins roles: without a start of their own on `today`, of mentors with a limit."""

    def __init__(
        self, words: Words, wards: WardBook, *, today: date, default_capacity: int
    ) -> None:
        self._words = words
        self._wards = wards
        self._today = today
        self._default_capacity = default_capacity

    def begin(self, someone: Someone, row: RosterRow, role: RosterRole, ward_id: int) -> RoleSpell:
        """Return the role, which is in no pool yet; raise `RowRefusedError` where none may be."""
        spell = RoleSpell(
            someone,
            role,
            ward_id,
            row.started_on or self._today,
            row.ended_on,
            capacity=row.capacity if role is RosterRole.MENTOR else None,
            limit=row.capacity or self._default_capacity,
        )
        if row.ended_on is not None:
            self._refuse_end(row, row.ended_on)
            reason = self._words.reason(row.reason, role)
            spell.reason_id = None if reason is None else reason.id
        if someone.spells:
            self._refuse_overlap(spell)
        return spell

    def _refuse_end(self, row: RosterRow, ended_on: date) -> None:
        if row.started_on is None:
            message = "Có ngày kết thúc thì cần ngày bắt đầu. Ghi thêm ngày bắt đầu."
            raise RowRefusedError(message, Column.STARTED, Column.ENDED)
        if ended_on > self._today:
            message = (
                f"Ngày kết thúc {format_day(ended_on)} chưa tới. Để trống và ghi khi người này "
                "đã thôi."
            )
            raise RowRefusedError(message, Column.ENDED)

    def _refuse_overlap(self, spell: RoleSpell) -> None:
        """Nobody is mentor or mentee twice on a day; support posts of two wards may overlap."""
        for other in spell.someone.spells:
            is_rival = other.role is spell.role and (
                spell.role is not RosterRole.SUPPORT or other.ward_id == spell.ward_id
            )
            if is_rival and other.meets(spell.started_on, spell.ended_on):
                where = ""
                if other.ward_id != spell.ward_id:
                    where = f" ở {self._wards.name_of(other.ward_id) or 'xã, phường khác'}"
                until = "nay" if other.ended_on is None else format_day(other.ended_on)
                message = (
                    f"Người này đã là {ROLE_WORDS[spell.role]}{where} từ "
                    f"{format_day(other.started_on)} đến {until}, trùng ngày với dòng này. Sửa "
                    "ngày bắt đầu, hoặc ghi kết thúc vai trò cũ trước."
                )
                raise RowRefusedError(message, Column.STARTED, Column.ROLE)
