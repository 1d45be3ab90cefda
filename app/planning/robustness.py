"""What falls if one leaves, in words: the heaviest first, each with what follows."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from app.access.scope import WardScope
from app.finding_wording import RULE_LABELS, capitalised
from app.formatting import format_number
from app.queries.subjects import PersonName, name_mentors, name_post_holders
from app.queries.wards import WardCard
from app.texts import _
from graphs.findings import Finding, Rule, Severity, SubjectKind, WardStatus
from graphs.robustness import Fall

ROLES = {SubjectKind.MENTOR: "mentor", SubjectKind.PERSON: "nhân sự hỗ trợ"}
LAST_ONES = {
    frozenset({Rule.WARD_WITHOUT_MENTOR}): "%(ward)s không còn mentor",
    frozenset({Rule.WARD_WITHOUT_SUPPORT}): "%(ward)s không còn nhân sự hỗ trợ",
    frozenset({Rule.WARD_WITHOUT_MENTOR, Rule.WARD_WITHOUT_SUPPORT}): (
        "%(ward)s không còn cả mentor lẫn nhân sự hỗ trợ"
    ),
}


class FallLine(NamedTuple):
    """Somebody, or the staff of a ward, and what follows if they leave.

    `is_grave`: the person is the last one somewhere; of the staff of a ward that is plain.
    Addresses take `mentor_id`, `post_id` or `ward_code`; the others are 0 or "".
    """

    name: str
    role: str
    wards: str
    says: str
    is_grave: bool
    mentor_id: int
    post_id: int
    ward_code: str


def heaviest_first(
    falls: Iterable[Fall], kinds: Collection[SubjectKind], ward: str = ""
) -> list[Fall]:
    """Return those of the kinds, and of the ward if one is named, on whom anything hangs."""
    wanted = [
        fall
        for fall in falls
        if fall.subject.kind in kinds and any(fall.weight) and (not ward or ward in fall.wards)
    ]
    # Twice, since sorting keeps what is equal in its order.
    wanted.sort(key=lambda fall: (fall.wards, fall.subject.kind, fall.subject.id))
    return sorted(wanted, key=lambda fall: fall.weight, reverse=True)


def tell_falls(
    names_in: WardScope, falls: Sequence[Fall], wards: Sequence[WardCard]
) -> list[FallLine]:
    """Return the lines of a page; people are named where the reader may see them."""
    cards = {ward.code: ward for ward in wards}
    mentors = name_mentors(names_in, _ids(falls, SubjectKind.MENTOR))
    staff = name_post_holders(names_in, [post for fall in falls for post in fall.posts[:1]])
    return [_line(fall, cards, mentors, staff) for fall in falls]


def say_fall(fall: Fall, wards: Mapping[str, WardCard]) -> str:
    """Say what follows, the gravest first."""
    grave = [finding for finding in fall.opened if finding.severity is Severity.CRITICAL]
    bare = [
        _(
            LAST_ONES[frozenset(finding.rule for finding in grave if finding.ward == code)],
            ward=wards[code].full_name,
        )
        for code in fall.bare_wards
    ]
    lost = [
        _("%(ward)s không còn «Đã đủ»", ward=wards[change.code].full_name)
        for change in fall.changes
        if change.then is WardStatus.COVERED and change.code not in fall.bare_wards
    ]
    said = [*bare, *_left_behind(fall), *lost, *_besides(fall.opened)]
    return ". ".join(map(capitalised, said)) + "."


def _line(
    fall: Fall,
    cards: Mapping[str, WardCard],
    mentors: Mapping[int, PersonName],
    staff: Mapping[int, PersonName],
) -> FallLine:
    kind, key = fall.subject
    is_ward = kind is SubjectKind.WARD
    mentor_id = int(key) if kind is SubjectKind.MENTOR else 0
    post_id = fall.posts[0] if kind is SubjectKind.PERSON else 0
    name = mentors.get(mentor_id) or staff.get(post_id)
    if is_ward:
        title = capitalised(cards[str(key)].full_name)
    else:
        title = capitalised(_(ROLES[kind])) if name is None else name.written
    return FallLine(
        name=title,
        role="" if is_ward else _(ROLES[kind]),
        wards=", ".join(cards[code].full_name for code in fall.wards),
        says=say_fall(fall, cards),
        is_grave=bool(fall.bare_wards) and not is_ward,
        mentor_id=mentor_id,
        post_id=post_id,
        ward_code=str(key) if is_ward else "",
    )


def _left_behind(fall: Fall) -> list[str]:
    said = []
    if fall.orphans:
        said.append(_("%(count)s người học mất mentor", count=format_number(len(fall.orphans))))
    if fall.resting:
        said.append(
            _(
                "%(count)s người học đang tạm nghỉ không còn mentor để trở lại",
                count=format_number(len(fall.resting)),
            )
        )
    return said


def _besides(opened: Iterable[Finding]) -> list[str]:
    """What else is found then, each rule once."""
    others = (one.rule for one in opened if one.severity is not Severity.CRITICAL)
    labels = [_(RULE_LABELS[rule]) for rule in dict.fromkeys(others)]
    if not labels:
        return []
    return [_("phát sinh: %(labels)s", labels=", ".join(label.lower() for label in labels))]


def _ids(falls: Iterable[Fall], kind: SubjectKind) -> list[int]:
    return [int(fall.subject.id) for fall in falls if fall.subject.kind is kind]
