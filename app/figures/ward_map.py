"""The map of the province: who has the people it needs, and who has not."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from flask import url_for
from flask_babel import gettext as _

from app import clock
from app.figures.boundaries import boundaries_url
from app.figures.figure import Cell, Figure, FigureQuery, FigureTable
from app.finding_wording import RULE_LABELS, STATUS_LABELS, capitalised, describe_state, say
from app.formatting import format_day
from app.queries.audit import audit_scope
from app.queries.wards import WardCard, list_ward_places, list_wards
from graphs.audit import AuditedWard, AuditReport
from graphs.figures.theme import STATUS_LOOKS
from graphs.figures.ward_map import (
    STATUS_ORDER,
    MapLabels,
    WardLabel,
    WardPlace,
    WardPoint,
    count_statuses,
    draw_ward_map,
    ward_points,
)
from graphs.findings import Rule, WardStatus

# Names that are always written, and where: known places, far enough from each other.
TOWNS = {
    "21583": "middle right",
    "21607": "bottom center",
    "21664": "middle right",
    "23575": "bottom center",
    "23617": "bottom center",
    "23857": "bottom center",
    "24044": "bottom center",
    "24076": "bottom center",
}


class LegendEntry(NamedTuple):
    """A status in the legend, with the number of its wards."""

    status: WardStatus
    sign: str
    label: str
    wards: int


class WardMap(NamedTuple):
    """The map with its legend, and what is told about each ward by code."""

    figure: Figure
    legend: list[LegendEntry]
    wards: Mapping[str, WardLabel]


def make_ward_map(query: FigureQuery) -> Figure:
    """Return the map of the scope's wards; the query's choice is a status, all others fade."""
    return make_map_with_legend(query).figure


def make_map_with_legend(query: FigureQuery) -> WardMap:
    """Return the map of the scope's wards with what the page shows around it."""
    report = audit_scope(query.scope, query.day)
    cards = {card.code: card for card in list_wards(query.scope)}
    places = [WardPlace._make(row) for row in list_ward_places(query.scope)]
    points = ward_points(report.wards, places, asked_for=read_status(query.choice))
    labels = _labels(report, cards)
    figure = Figure(
        name="ban-do",
        title=tell_map(report),
        caption=str(_("Màu và dấu cho biết tình trạng của từng xã, phường.")),
        definition=define_statuses(),
        as_of=report.as_of,
        plot=draw_ward_map(points, labels),
        table=_table(report.wards, cards, labels),
        height=620,
        phone_height=340,
    )
    return WardMap(figure, _legend(points, labels), labels.wards)


def _legend(points: Sequence[WardPoint], labels: MapLabels) -> list[LegendEntry]:
    return [
        LegendEntry(status, STATUS_LOOKS[status].sign, labels.statuses[status], count)
        for status, count in count_statuses(points)
    ]


def read_status(text: str) -> WardStatus | None:
    """Return the status that an address names, or None for none or an unknown one."""
    return next((status for status in WardStatus if status.value == text), None)


def tell_map(report: AuditReport) -> str:
    """Return the finding of the map in one line, with its base."""
    totals = report.totals
    return str(
        _(
            "%(covered)s/%(wards)s xã, phường đã đủ; %(critical)s thiếu người, %(warning)s cần chú"
            " ý, %(missing)s chưa có dữ liệu",
            covered=totals.wards_covered,
            wards=totals.wards,
            critical=totals.wards_critical,
            warning=totals.wards_warning,
            missing=totals.wards_no_data,
        )
    )


def define_statuses() -> str:
    """Say what the four statuses mean; the same words as in docs/definitions.md."""
    return str(
        _(
            "Thiếu người: chưa có nhân sự hỗ trợ hoặc chưa có mentor nào đang làm việc. Cần chú ý:"
            " còn việc khác phải làm. Đã đủ: không còn việc nào. Chưa có dữ liệu: chưa nhập ai và"
            " chưa ghi hoạt động nào; đây không phải là số 0."
        )
    )


def _labels(report: AuditReport, cards: dict[str, WardCard]) -> MapLabels:
    day = None if report.as_of == clock.today() else format_day(report.as_of)
    address = url_for("wards.show", code="00000", ngay=day)
    return MapLabels(
        boundaries_url=boundaries_url(),
        wards={
            ward.code: WardLabel(
                title=cards[ward.code].full_name,
                text=_tell_ward(ward),
                url=address.replace("00000", ward.code, 1),
            )
            for ward in report.wards
        },
        statuses={status: say(label) for status, label in STATUS_LABELS.items()},
        towns={code: (cards[code].name, side) for code, side in TOWNS.items() if code in cards},
    )


def _tell_ward(ward: AuditedWard) -> str:
    """Return status, first cause and figures in two short lines."""
    state = f"{STATUS_LOOKS[ward.status].sign} {describe_state(ward)}"
    if ward.status is WardStatus.NO_DATA:
        return state
    figures = ward.figures
    counts = _(
        "%(mentors)s mentor, %(mentees)s người học, %(waiting)s chờ, %(posts)s hỗ trợ",
        mentors=figures.mentors,
        mentees=figures.mentees,
        waiting=figures.waiting,
        posts=figures.support_posts,
    )
    return f"{state}<br>{counts}"


def _table(
    wards: Iterable[AuditedWard], cards: dict[str, WardCard], labels: MapLabels
) -> FigureTable:
    """The same wards in words, those that lack people first."""
    urgent = sorted(wards, key=lambda ward: (STATUS_ORDER.index(ward.status), ward.code))
    return FigureTable(
        headings=(
            str(_("Xã, phường")),
            str(_("Tình trạng")),
            str(_("Nguyên nhân chính")),
            str(_("Mentor")),
            str(_("Người học")),
            str(_("Đang chờ")),
            str(_("Nhân sự hỗ trợ")),
        ),
        rows=tuple(_row(ward, cards[ward.code]) for ward in urgent),
        links=tuple(labels.wards[ward.code].url for ward in urgent),
    )


def _row(ward: AuditedWard, card: WardCard) -> tuple[Cell, ...]:
    """A ward without data has no zeros: its figures are unknown."""
    figures, is_known = ward.figures, ward.status is not WardStatus.NO_DATA
    counts = (figures.mentors, figures.mentees, figures.waiting, figures.support_posts)
    cause = ward.primary_cause
    return (
        capitalised(card.full_name),
        f"{STATUS_LOOKS[ward.status].sign} {say(STATUS_LABELS[ward.status])}",
        say(RULE_LABELS[cause]) if isinstance(cause, Rule) else None,
        *(counts if is_known else (None,) * len(counts)),
    )
