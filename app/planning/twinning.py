"""Help between neighbours in words."""

from typing import NamedTuple

from app.formatting import format_number
from app.queries.twinning import NeighbourHelp
from app.queries.wards import WardCard
from app.texts import _
from graphs.planning.partners import Partnership


class PartnershipInWords(NamedTuple):
    """A partnership: the two wards, how many people, how far, and the sentence with its reason."""

    giver: WardCard
    taker: WardCard
    people: int
    distance: str
    sentence: str


class MissingInWords(NamedTuple):
    """A ward that lacks something with all help from around, and the sentence about it."""

    ward: WardCard
    sentence: str


def describe_learners(found: NeighbourHelp) -> list[PartnershipInWords]:
    """Say who takes on how many learners of whom, and why."""
    return [
        _partnership(found, each, _say_learners(found, each))
        for each in found.learners.partnerships
    ]


def describe_support(found: NeighbourHelp) -> list[PartnershipInWords]:
    """Say who sends somebody to whose desk, and why."""
    return [
        _partnership(found, each, _say_support(found, each)) for each in found.support.partnerships
    ]


def describe_missing(found: NeighbourHelp) -> list[MissingInWords]:
    """Say which wards nobody around can help, or not enough."""
    learners = [
        MissingInWords(
            found.cards[code],
            str(
                _(
                    "%(ward)s còn %(count)s người chờ mà chung quanh không nơi nào nhận thêm được.",
                    ward=_begin(found.cards[code]),
                    count=format_number(count),
                )
            ),
        )
        for code, count in found.learners.missing.items()
    ]
    support = [
        MissingInWords(
            found.cards[code],
            str(
                _(
                    "%(ward)s chưa có nhân sự hỗ trợ, chung quanh cũng không nơi nào dư người.",
                    ward=_begin(found.cards[code]),
                )
            ),
        )
        for code in found.support.missing
    ]
    return learners + support


def _partnership(found: NeighbourHelp, each: Partnership, sentence: str) -> PartnershipInWords:
    km = format_number(each.way.km, 1)
    distance = _("%(km)s km đường biển", km=km) if each.way.is_by_sea else _("%(km)s km", km=km)
    giver, taker = found.cards[each.way.giver], found.cards[each.way.taker]
    return PartnershipInWords(giver, taker, each.people, str(distance), sentence)


def _say_learners(found: NeighbourHelp, each: Partnership) -> str:
    giver, taker = found.cards[each.way.giver], found.cards[each.way.taker]
    return str(
        _(
            "%(Giver)s nhận thêm %(people)s người học của %(taker)s: %(giver)s còn %(free)s chỗ,"
            " %(short)s thiếu %(missing)s.",
            Giver=_begin(giver),
            people=format_number(each.people),
            taker=taker.full_name,
            giver=giver.name,
            free=format_number(found.means[giver.code].free_places),
            short=taker.name,
            missing=format_number(found.means[taker.code].missing_places),
        )
    )


def _say_support(found: NeighbourHelp, each: Partnership) -> str:
    giver, taker = found.cards[each.way.giver], found.cards[each.way.taker]
    return str(
        _(
            "%(Giver)s cử 1 nhân sự hỗ trợ sang %(taker)s, ví dụ mỗi tuần một ngày: %(giver)s có"
            " %(posts)s người, %(short)s chưa có ai.",
            Giver=_begin(giver),
            taker=taker.full_name,
            giver=giver.name,
            posts=format_number(found.means[giver.code].posts),
            short=taker.name,
        )
    )


def _begin(card: WardCard) -> str:
    """The name at the beginning of a sentence."""
    return card.full_name[:1].upper() + card.full_name[1:]
