"""What the lines of a history say: one sentence for each row that was made, changed or removed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.formatting import format_day
from app.queries.timeline_changes import FieldEdit, RowChange
from app.queries.timeline_meetings import MonthOfMeetings
from app.queries.timeline_rows import PAIR, HistoryRow
from app.texts import _
from app.wording import (
    CONSENT_METHOD_LABELS,
    FOLLOW_UP_LABELS,
    GENDER_LABELS,
    SKILL_LEVEL_LABELS,
    VNEID_BASIS_LABELS,
)
from models.enums import ConsentMethod, FollowUpAnswer, Gender, SkillLevel, VneidBasis
from models.names import format_phone, mask_phone

NOTHING = "để trống"
ROLE_NOUNS = {"mentors": "mentor", "mentees": "người học", "support_posts": "nhân sự hỗ trợ"}
PAUSED_NOUNS = {"mentor": "mentor", "mentee": "người học", "support_post": "nhân sự hỗ trợ"}
FIELD_LABELS = {
    "full_name": "Họ tên",
    "birth_year": "Năm sinh",
    "gender": "Giới tính",
    "phone": "Điện thoại",
    "hamlet_id": "Thôn, làng, tổ",
    "note": "Ghi chú",
    "started_on": "Từ ngày",
    "ended_on": "Đến ngày",
    "end_reason_id": "Lý do",
    "substitute_person_id": "Người thay",
    "capacity": "Sức nhận",
    "effective_on": "Áp dụng từ ngày",
    "withdrawn_on": "Ngày rút lại",
    "given_on": "Ngày đồng ý",
    "guardian_name": "Người đại diện",
    "answer": "Câu trả lời",
    "service_date": "Ngày",
    "handed_on": "Ngày chuyển",
}
# Beside its end, the reason is no edit of its own.
ENDED, REASON = "ended_on", "end_reason_id"
MERGED = "merged_into_id"


@dataclass(frozen=True)
class Words:
    """What sentences need beyond the rows: words behind ids, and whether phones are shown."""

    values: Mapping[tuple[str, str], str]
    shows_phones: bool = False

    def of(self, field: str, value: str | None) -> str:
        """Return a logged value as people write it."""
        if not value:
            return _(NOTHING)
        if (field, value) in self.values:
            return self.values[field, value]
        if field == "phone":
            return format_phone(value) if self.shows_phones else mask_phone(value)
        return _written(field, value)


def _written(field: str, value: str) -> str:
    if field == "gender":
        return str(_(GENDER_LABELS[Gender(value)]))
    if field == "answer":
        return str(_(FOLLOW_UP_LABELS[FollowUpAnswer(value)]))
    if field.endswith(("_on", "_date")):
        return format_day(date.fromisoformat(value))
    return value


def is_told(change: RowChange) -> bool:
    """Say whether readers can make something of a change; what a merge re-points is none of it."""
    if change.action != "updated":
        return True
    return any(edit.field in FIELD_LABELS or edit.field == MERGED for edit in change.edits)


def tell_made(row: HistoryRow) -> str:
    """Return what was recorded when a row was made."""
    return _MADE[row.kind](row)


def tell_changed(row: HistoryRow, change: RowChange, words: Words) -> Iterator[str]:
    """Yield what an action changed in a row; nothing for what means nothing to readers."""
    subject = _subject(row)
    if change.action == "deleted":
        yield _("Bỏ %(what)s.", what=subject)
        return
    if change.action == "restored":
        yield _("Khôi phục: %(what)s.", what=subject)
    told = {edit.field: edit for edit in change.edits if edit.field in FIELD_LABELS}
    ending = told.get(ENDED)
    if ending is not None and None in ending[1:] and row.kind != "pauses":
        yield _ended(row, told.pop(ENDED), told.pop(REASON, None), words)
    for edit in told.values():
        yield _edited(row, subject, edit, words)
    merged = next((edit for edit in change.edits if edit.field == MERGED), None)
    if merged is not None and merged.new is not None:
        yield _(
            "Hồ sơ %(name)s được gộp vào hồ sơ %(kept)s.",
            name=row.name,
            kept=words.of(merged.field, merged.new),
        )


def tell_month(month: MonthOfMeetings) -> str:
    """Return how many meetings a month had."""
    when = f"{month.month:%m/%Y}"
    if month.side == "support_post":
        return _("Tháng %(when)s: trực %(count)s buổi.", when=when, count=month.meetings)
    if month.side == "desk":
        sentence = _("Tháng %(when)s: giúp %(count)s lượt ở quầy", when=when, count=month.meetings)
        if month.attended:
            sentence += _(", chuyển %(count)s người cho mentor", count=month.attended)
        return f"{sentence}."
    if month.side == "host":
        return _("Tháng %(when)s: chủ trì %(count)s hoạt động.", when=when, count=month.meetings)
    if month.side == "took_part":
        return _("Tháng %(when)s: tham gia %(count)s hoạt động.", when=when, count=month.meetings)
    if month.side == "mentor":
        return _(
            "Tháng %(when)s: dạy %(count)s buổi hướng dẫn, %(attended)s lượt người dự.",
            when=when,
            count=month.meetings,
            attended=month.attended,
        )
    return _("Tháng %(when)s: %(count)s buổi hướng dẫn.", when=when, count=month.meetings)


def _ended(row: HistoryRow, ending: FieldEdit, reason: FieldEdit | None, words: Words) -> str:
    """Say that a role or pairing is over, or is not over after all."""
    is_pair = row.side == PAIR
    if ending.new is None:
        verb = _("Mở lại") if is_pair else _("Tiếp tục")
        day = words.of(ENDED, ending.old)
        return f"{verb} {_subject(row)} " + _("(bỏ ngày thôi %(day)s).", day=day)
    verb = _("Kết thúc") if is_pair else _("Thôi")
    sentence = f"{verb} {_subject(row)} " + _("từ %(day)s", day=words.of(ENDED, ending.new))
    return sentence + (f" ({words.of(REASON, reason.new)})." if reason and reason.new else ".")


def _edited(row: HistoryRow, subject: str, edit: FieldEdit, words: Words) -> str:
    label = str(_(FIELD_LABELS[edit.field]))
    if row.kind != "persons":
        label += f" ({subject})"
    old, new = words.of(edit.field, edit.old), words.of(edit.field, edit.new)
    return f"{label}: {old} → {new}."


def _subject(row: HistoryRow) -> str:
    """Return what a row is, inside a sentence."""
    return _SUBJECTS[row.kind](row)


def _span(row: HistoryRow) -> str:
    """Write the days of a row: «từ 05/03/2026», with its end and the reason where it has them."""
    words = _("từ %(day)s", day=format_day(row.first_day))
    if row.last_day is None:
        return words
    words += " " + _("đến %(day)s", day=format_day(row.last_day))
    return f"{words} ({row.reason})" if row.reason else words


def _role_made(row: HistoryRow) -> str:
    noun = _(ROLE_NOUNS[row.kind])
    if row.number is not None:
        return _(
            "Tiếp tục là %(noun)s ở %(ward)s %(span)s.", noun=noun, ward=row.place, span=_span(row)
        )
    return _("Là %(noun)s của %(ward)s %(span)s.", noun=noun, ward=row.place, span=_span(row))


def _pair_subject(row: HistoryRow) -> str:
    if row.side == PAIR:
        return _("cặp mentor %(mentor)s – %(mentee)s", mentor=row.place, mentee=row.name)
    if row.side == "mentor":
        return _("kèm %(name)s (%(ward)s)", name=row.name, ward=row.place)
    return _("học với mentor %(name)s (%(ward)s)", name=row.name, ward=row.place)


def _pair_made(row: HistoryRow) -> str:
    if row.side == PAIR:
        return _(
            "Ghép mentor %(mentor)s với %(mentee)s %(span)s.",
            mentor=row.place,
            mentee=row.name,
            span=_span(row),
        )
    if row.side == "mentor":
        return _(
            "Kèm %(name)s (%(ward)s) %(span)s.", name=row.name, ward=row.place, span=_span(row)
        )
    return _(
        "Học với mentor %(name)s (%(ward)s) %(span)s.",
        name=row.name,
        ward=row.place,
        span=_span(row),
    )


def _pause_subject(row: HistoryRow) -> str:
    return _(
        "lần %(noun)s tạm nghỉ %(first)s–%(last)s",
        noun=_(PAUSED_NOUNS[row.side or ""]),
        first=format_day(row.first_day),
        last=format_day(row.last_day),
    )


def _pause_made(row: HistoryRow) -> str:
    sentence = _(
        "Tạm nghỉ vai trò %(noun)s ở %(ward)s từ %(first)s, trở lại %(last)s",
        noun=_(PAUSED_NOUNS[row.side or ""]),
        ward=row.place,
        first=format_day(row.first_day),
        last=format_day(row.last_day),
    )
    return sentence + (_("; %(name)s thay.", name=row.name) if row.name else ".")


def _consent_made(row: HistoryRow) -> str:
    method = _(CONSENT_METHOD_LABELS[ConsentMethod(row.reason or "")])
    sentence = _(
        "Đồng ý cho ghi thông tin ngày %(day)s: %(method)s",
        day=format_day(row.first_day),
        method=method[0].lower() + method[1:],
    )
    if row.name:
        sentence += _("; người đại diện: %(name)s", name=row.name)
    if row.last_day:
        sentence += _("; rút lại ngày %(day)s", day=format_day(row.last_day))
    return sentence + "."


def _capacity_made(row: HistoryRow) -> str:
    return _(
        "Nhận kèm tối đa %(count)s người từ %(day)s.",
        count=row.number,
        day=format_day(row.first_day),
    )


def _call_made(row: HistoryRow) -> str:
    answer = _(FOLLOW_UP_LABELS[FollowUpAnswer(row.reason or "")])
    return _(
        "Gọi hỏi ngày %(day)s: %(answer)s.",
        day=format_day(row.first_day),
        answer=answer[0].lower() + answer[1:],
    )


def _skill_assessed(row: HistoryRow) -> str:
    level = _(SKILL_LEVEL_LABELS[SkillLevel(row.reason or "")])
    return _(
        "Kỹ năng «%(name)s» ngày %(day)s: %(level)s.",
        name=row.name,
        day=format_day(row.first_day),
        level=level[0].lower() + level[1:],
    )


def _vneid_noted(row: HistoryRow) -> str:
    basis = _(VNEID_BASIS_LABELS[VneidBasis(row.reason or "")])
    return _(
        "Tài khoản VNeID đã xác nhận, ghi ngày %(day)s (%(basis)s).",
        day=format_day(row.first_day),
        basis=basis[0].lower() + basis[1:],
    )


def _handed_on(row: HistoryRow) -> str:
    return _(
        "Quầy hỗ trợ của %(ward)s chuyển sang học với mentor ngày %(day)s.",
        ward=row.place,
        day=format_day(row.first_day),
    )


_Teller = Callable[[HistoryRow], str]
_MADE: dict[str, _Teller] = {
    "persons": lambda row: _("Lập hồ sơ %(name)s.", name=row.name),
    "mentors": _role_made,
    "mentees": _role_made,
    "support_posts": _role_made,
    "mentor_capacities": _capacity_made,
    "mentorships": _pair_made,
    "pauses": _pause_made,
    "consents": _consent_made,
    "person_groups": lambda row: _("Thêm nhóm %(name)s.", name=row.name),
    "person_languages": lambda row: _("Thêm ngôn ngữ %(name)s.", name=row.name),
    "person_tags": lambda row: _("Gắn nhãn %(name)s.", name=row.name),
    "person_merges": lambda row: _("Gộp hồ sơ %(name)s vào hồ sơ này.", name=row.name),
    "handoffs": _handed_on,
    "follow_ups": _call_made,
    "skill_assessments": _skill_assessed,
    "vneid_confirmations": _vneid_noted,
}
_SUBJECTS: dict[str, _Teller] = {
    "persons": lambda row: _("hồ sơ %(name)s", name=row.name),
    "mentors": lambda row: _("làm mentor ở %(ward)s", ward=row.place),
    "mentees": lambda row: _("học ở %(ward)s", ward=row.place),
    "support_posts": lambda row: _("làm nhân sự hỗ trợ ở %(ward)s", ward=row.place),
    "mentor_capacities": lambda row: _("sức nhận từ %(day)s", day=format_day(row.first_day)),
    "mentorships": _pair_subject,
    "pauses": _pause_subject,
    "consents": lambda row: _("lần đồng ý ngày %(day)s", day=format_day(row.first_day)),
    "person_groups": lambda row: _("nhóm %(name)s", name=row.name),
    "person_languages": lambda row: _("ngôn ngữ %(name)s", name=row.name),
    "person_tags": lambda row: _("nhãn %(name)s", name=row.name),
    "person_merges": lambda row: _("lần gộp hồ sơ %(name)s", name=row.name),
    "handoffs": lambda row: _("lần chuyển từ quầy ngày %(day)s", day=format_day(row.first_day)),
    "follow_ups": lambda row: _("lần gọi hỏi ngày %(day)s", day=format_day(row.first_day)),
    "skill_assessments": lambda row: _("đánh giá kỹ năng «%(name)s»", name=row.name),
    "vneid_confirmations": lambda row: _(
        "xác nhận VNeID ngày %(day)s", day=format_day(row.first_day)
    ),
}
