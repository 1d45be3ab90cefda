"""Blank areas in words."""

from typing import NamedTuple

from app.formatting import format_number
from app.queries.blank_areas import BlankAreas
from app.texts import _
from graphs.blank_areas import BlankArea, NearestHelp, Need

NOBODY = {
    Need.MENTOR: "Chưa nơi nào khác còn chỗ ở mentor: cần tuyển mentor mới.",
    Need.SUPPORT: "Chưa nơi nào khác có từ 2 nhân sự hỗ trợ: cần tuyển người mới.",
}


class AreaInWords(NamedTuple):
    """An area, and for each thing that it lacks a sentence about who is nearest to help."""

    area: BlankArea
    helps: list[str]


def describe_areas(found: BlankAreas) -> list[AreaInWords]:
    """Return the areas with what is said about them."""
    return [AreaInWords(area, _say_helps(found, area)) for area in found.areas]


def _say_helps(found: BlankAreas, area: BlankArea) -> list[str]:
    helps = {help_.need: help_ for help_ in area.helps}
    return [
        _say_help(found, helps[need]) if need in helps else str(_(NOBODY[need]))
        for need in area.needs
    ]


def _say_help(found: BlankAreas, help_: NearestHelp) -> str:
    helper, ward = found.cards[help_.helper].full_name, found.cards[help_.ward].full_name
    amount = format_number(help_.amount)
    if help_.need is Need.MENTOR:
        gives = _("Mentor: %(helper)s còn nhận được %(amount)s người", helper=helper, amount=amount)
    else:
        gives = _(
            "Hỗ trợ: %(helper)s có %(posts)s nhân sự hỗ trợ",
            helper=helper,
            posts=format_number(help_.amount + 1),
        )
    km = format_number(help_.km, 1)
    if help_.is_by_sea:
        return str(
            _("%(gives)s, cách %(ward)s %(km)s km đường biển.", gives=gives, ward=ward, km=km)
        )
    return str(_("%(gives)s, cách %(ward)s %(km)s km.", gives=gives, ward=ward, km=km))
