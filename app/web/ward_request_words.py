"""A request between wards in one sentence, and how far it is."""

from datetime import date

from app.formatting import format_day
from app.queries.ward_requests import RequestLine
from app.texts import _
from app.wording import HALF_DAY_LABELS
from models.enums import RequestKind, RequestState

STATE_LABELS = {
    RequestState.OPEN: "chờ trả lời",
    RequestState.ACCEPTED: "đã nhận lời",
    RequestState.DECLINED: "đã từ chối",
    RequestState.WITHDRAWN: "đã rút",
    RequestState.FULFILLED: "đã làm xong",
}


def describe_request(line: RequestLine) -> str:
    """Return who asks whom for what."""
    names = {"asking": line.asking_name, "asked": line.asked_name}
    if line.kind is RequestKind.MENTOR:
        return _(
            "%(asking)s nhờ %(asked)s: mentor cho %(count)s người học", count=line.mentees, **names
        )
    half = _(HALF_DAY_LABELS[line.half_day]).lower() if line.half_day else _("cả ngày")
    return _(
        "%(asking)s nhờ %(asked)s: người trực quầy %(half)s %(day)s",
        half=half,
        day=format_day(line.day),
        **names,
    )


def describe_state(line: RequestLine, today: date) -> str:
    """Return how far a request is; of an open one, for how long it has waited."""
    state = _(STATE_LABELS[line.state])
    if line.state is RequestState.OPEN:
        days = (today - line.asked_on).days
        return _("%(state)s %(days)s ngày", state=state, days=days) if days else state
    return f"{state}: {line.helper}" if line.helper else state
