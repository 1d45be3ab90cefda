"""The lines of the funnel: what each number is called, what it is a share of, and who is behind."""

from typing import NamedTuple

from app.forms.period_choice import Period
from app.queries.hand_on_outcomes import HandoffState
from app.queries.handoffs import Chosen
from app.texts import _
from graphs.funnel import Funnel
from models.enums import FollowUpAnswer


class Share(NamedTuple):
    """How deep a line stands, and what it is a part of: a number, and in words."""

    level: int = 0
    base: int = 0
    base_label: str = ""


class Step(NamedTuple):
    """A line; `place` names the list behind it, "" for none."""

    label: str
    number: int
    share: Share = Share()
    place: str = ""


class Place(NamedTuple):
    """Whom a line means, among those handed on."""

    label: str
    states: tuple[HandoffState, ...] = tuple(HandoffState)
    has_met: bool | None = None
    answers: tuple[FollowUpAnswer, ...] | None = None


PLACES = {
    "chuyen": Place("Chuyển cho mentor"),
    "cho": Place("Chờ mentor", (HandoffState.WAITING,)),
    "nghi": Place("Tạm nghỉ", (HandoffState.PAUSED,)),
    "da-gap": Place("Có mentor, đã gặp", (HandoffState.PAIRED,), has_met=True),
    "chua-gap": Place("Có mentor, chưa gặp", (HandoffState.PAIRED,), has_met=False),
    "co-mentor": Place("Có mentor", (HandoffState.PAIRED,)),
    "xong": Place("Học xong", (HandoffState.COMPLETED,)),
    "thoi": Place("Thôi học", (HandoffState.LEFT,)),
    "tu-lam": Place("Vẫn tự làm được", answers=(FollowUpAnswer.STILL_ABLE,)),
    "can-giup": Place("Cần giúp thêm", answers=(FollowUpAnswer.NEEDS_HELP,)),
}
WARD_HEADINGS = [
    {"text": text, "numeric": True}
    for text in (
        "Lượt", "Chưa hỏi", "Không muốn học", "Chuyển cho mentor", "Chờ mentor", "Tạm nghỉ",
        "Có mentor", "Học xong", "Thôi học", "Vẫn tự làm được", "Cần giúp thêm",
    )
]  # fmt: skip


def steps_of(funnel: Funnel) -> list[Step]:
    """Return the lines of one funnel, parts below what they are parts of."""
    of_all = Share(1, funnel.sessions, _("số lượt"))
    of_handed_on = Share(2, funnel.handed_on, _("số lượt đã chuyển"))
    of_answered = Share(2, funnel.answered, _("số lượt đã hỏi được"))
    return [
        Step(_("Lượt hỗ trợ"), funnel.sessions, of_all._replace(level=0)),
        Step(_("Chưa hỏi có muốn học không"), funnel.not_offered, of_all),
        Step(_("Không muốn học"), funnel.declined, of_all),
        _placed("chuyen", funnel.handed_on, of_all),
        _placed("cho", funnel.waiting, of_handed_on),
        _placed("nghi", funnel.paused, of_handed_on),
        _placed("da-gap", funnel.met, of_handed_on),
        _placed("chua-gap", funnel.unmet, of_handed_on),
        _placed("xong", funnel.completed, of_handed_on),
        _placed("thoi", funnel.left, of_handed_on),
        Step(_("Đã gọi hỏi được"), funnel.answered, of_handed_on._replace(level=1)),
        _placed("tu-lam", funnel.still_able, of_answered),
        _placed("can-giup", funnel.needs_help, of_answered),
    ]


def ward_steps(funnel: Funnel) -> list[Step]:
    """Return the numbers of one ward, in the order of `WARD_HEADINGS`."""
    numbers = (
        ("", funnel.sessions), ("", funnel.not_offered), ("", funnel.declined),
        ("chuyen", funnel.handed_on), ("cho", funnel.waiting), ("nghi", funnel.paused),
        ("co-mentor", funnel.paired), ("xong", funnel.completed), ("thoi", funnel.left),
        ("tu-lam", funnel.still_able), ("can-giup", funnel.needs_help),
    )  # fmt: skip
    return [
        Step(str(heading["text"]), number, place=place)
        for heading, (place, number) in zip(WARD_HEADINGS, numbers, strict=True)
    ]


def wanted(period: Period, place: str) -> Chosen:
    """Return which hand-ons stand behind a line; all of them for a place that there is not."""
    meant = PLACES.get(place, PLACES["chuyen"])
    return Chosen(period.first_day, period.last_day, meant.states, meant.has_met, meant.answers)


def place_label(place: str) -> str:
    """Return what the line is called."""
    return str(_(PLACES.get(place, PLACES["chuyen"]).label))


def _placed(place: str, number: int, share: Share) -> Step:
    return Step(place_label(place), number, share, place)
