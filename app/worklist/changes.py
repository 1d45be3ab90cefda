"""What changed since another day, as a page shows it: figures, people, wards, kinds of findings."""

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from app.access.scope import WardScope
from app.finding_wording import RULE_LABELS, say
from app.formatting import format_day, format_number
from app.queries.movers import MoverRole, SpellCard, name_spells
from app.texts import _
from graphs.comparison import Comparison, WardChange
from graphs.findings import Rule
from graphs.measures import Totals
from graphs.movement import Movers

MINUS = "\u2212"

FIGURES = {
    "wards_covered": "Xã, phường đã đủ",
    "wards_critical": "Xã, phường thiếu người",
    "wards_warning": "Xã, phường cần chú ý",
    "wards_no_data": "Xã, phường chưa có dữ liệu",
    "wards_with_support": "Có hỗ trợ, trên giấy",
    "wards_with_support_in_fact": "Có hỗ trợ, thực chất",
    "mentors": "Mentor",
    "mentors_meeting_floor": "Mentor đủ người học, trên giấy",
    "mentors_meeting_floor_in_fact": "Mentor đủ người học, thực chất",
    "mentees": "Người học",
    "mentees_waiting": "Người học đang chờ mentor",
    "mentorships_open": "Cặp đang học",
    "mentorships_dormant": "Cặp lâu chưa gặp",
    "sessions": "Lượt hỗ trợ từ đầu năm",
}
# Counts of wards say nothing about one ward, which is told apart below.
OF_WARDS = "wards_"

ROLE_LABELS = {
    MoverRole.MENTOR: "Mentor",
    MoverRole.MENTEE: "Người học",
    MoverRole.SUPPORT: "Nhân sự hỗ trợ",
}


class Way(StrEnum):
    """In which way somebody is there on one day and not on the other, as addresses name it."""

    JOINED = "vao"
    LEFT = "ra"
    MOVED = "chuyen"


WAY_LABELS = {Way.JOINED: "mới vào", Way.LEFT: "đã thôi", Way.MOVED: "chuyển nơi"}


class FigureChange(NamedTuple):
    """A figure on both days, and the difference with its sign."""

    label: str
    then: str
    now: str
    difference: str


class WayCount(NamedTuple):
    """How many went one way; `key` names them in an address."""

    key: str
    people: int


class RoleChange(NamedTuple):
    """A role with how many joined, left and moved."""

    label: str
    joined: WayCount
    left: WayCount
    moved: WayCount

    @property
    def total(self) -> int:
        """How many changed in any way."""
        return self.joined.people + self.left.people + self.moved.people


class RuleChange(NamedTuple):
    """How many findings of a rule are new, and how many are gone."""

    rule: Rule
    label: str
    opened: int
    closed: int


class Choice(NamedTuple):
    """Whom to name: the spells of a role that went one way, the latest recorded first."""

    role: MoverRole
    title: str
    way: Way
    spells: Sequence[tuple[int, ...]]


class Mover(NamedTuple):
    """Somebody by name: the spell that the page links to, and a few words about where and when."""

    spell_id: int
    full_name: str
    facts: str


def figure_changes(comparison: Comparison) -> list[FigureChange]:
    """Return the figures of both days; a day without any data has none."""
    then, now = comparison.totals_then, comparison.totals_now
    is_one_ward = max(then.wards, now.wards) <= 1
    return [
        _figure(label, then, now, name)
        for name, label in FIGURES.items()
        if not (is_one_ward and name.startswith(OF_WARDS))
    ]


def role_changes(comparison: Comparison) -> list[RoleChange]:
    """Return how many of each role came, went and moved."""
    return [
        RoleChange(
            say(ROLE_LABELS[role]),
            WayCount(_key(role, Way.JOINED), len(found.joined)),
            WayCount(_key(role, Way.LEFT), len(found.left)),
            WayCount(_key(role, Way.MOVED), len(found.moved)),
        )
        for role, found in _movers(comparison)
    ]


def rule_changes(comparison: Comparison) -> list[RuleChange]:
    """Return the rules by precedence that have findings which are new or gone."""
    opened = Counter(finding.rule for finding in comparison.findings_opened)
    closed = Counter(finding.rule for finding in comparison.findings_closed)
    return [
        RuleChange(rule, say(RULE_LABELS[rule]), opened[rule], closed[rule])
        for rule in Rule
        if opened[rule] or closed[rule]
    ]


def ward_changes(comparison: Comparison) -> list[WardChange]:
    """Return the wards whose status differs: the won ones, the lost ones, then the others."""
    return sorted(comparison.wards, key=lambda ward: (not ward.is_won, not ward.is_lost, ward.code))


def choose_movers(comparison: Comparison, key: str) -> Choice | None:
    """Return whom an address names; None where it names nobody."""
    for role, found in _movers(comparison):
        spells: dict[Way, Sequence[tuple[int, ...]]] = {
            Way.JOINED: [(spell,) for spell in found.joined],
            Way.LEFT: [(spell,) for spell in found.left],
            Way.MOVED: found.moved,
        }
        for way, chosen in spells.items():
            if chosen and key == _key(role, way):
                title = f"{say(ROLE_LABELS[role])} {say(WAY_LABELS[way])}"
                return Choice(role, title, way, sorted(chosen, reverse=True))
    return None


def describe_movers(
    scope: WardScope, choice: Choice, spells: Sequence[tuple[int, ...]]
) -> list[Mover]:
    """Name those of the scope among some spells of a choice; `scope` is where names may be told."""
    cards = name_spells(scope, choice.role, {each for ids in spells for each in ids})
    return [
        Mover(ids[-1], cards[ids[-1]].full_name, _facts(choice.way, [cards[each] for each in ids]))
        for ids in spells
        if all(each in cards for each in ids)
    ]


def _figure(label: str, then: Totals, now: Totals, name: str) -> FigureChange:
    before: int = getattr(then, name)
    after: int = getattr(now, name)
    is_known = OF_WARDS in name or then.wards_no_data < then.wards
    return FigureChange(
        say(label),
        format_number(before) if is_known else "–",
        format_number(after),
        _signed(after - before) if is_known else "–",
    )


def _signed(number: int) -> str:
    if number == 0:
        return "0"
    return ("+" if number > 0 else MINUS) + format_number(abs(number))


def _movers(comparison: Comparison) -> Iterator[tuple[MoverRole, Movers]]:
    yield MoverRole.MENTOR, comparison.mentor_movers
    yield MoverRole.MENTEE, comparison.mentee_movers
    yield MoverRole.SUPPORT, comparison.support_movers


def _key(role: MoverRole, way: Way) -> str:
    return f"{role}-{way}"


def _facts(way: Way, cards: Sequence[SpellCard]) -> str:
    last = cards[-1]
    if way is Way.MOVED:
        return str(
            _(
                "%(before)s → %(after)s, từ %(day)s",
                before=cards[0].ward_name,
                after=last.ward_name,
                day=format_day(last.started_on),
            )
        )
    if way is Way.LEFT:
        return str(
            _("%(ward)s, thôi từ %(day)s", ward=last.ward_name, day=format_day(last.ended_on))
        )
    return str(_("%(ward)s, từ %(day)s", ward=last.ward_name, day=format_day(last.started_on)))
