"""The map of the province: who has the people it needs, and who has not."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from flask import url_for

from app import clock
from app.figures.boundaries import boundaries_url
from app.figures.figure import Cell, Figure, FigureQuery, FigureTable
from app.finding_wording import STATUS_LABELS, capitalised, describe_state, label_rules, say
from app.formatting import format_day
from app.queries.audit import WardSurvey, survey_wards
from app.queries.wards import WardCard, list_ward_places, list_wards
from app.texts import _
from app.wording import MAP_CREDIT
from graphs.audit import AuditedWard
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

# In the order of `_figures`, behind their numbers.
FIGURE_NAMES = ("mentor", "người học", "đang chờ", "hỗ trợ")
ANY_CODE = "00000"
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


class ToldWard(NamedTuple):
    """A ward in words: its name, what the map's label says of it, and its page."""

    title: str
    text: str
    url: str


class WardMap(NamedTuple):
    """The map with its legend, and the ward that was looked for."""

    figure: Figure
    legend: list[LegendEntry]
    chosen: ToldWard | None


class Words(NamedTuple):
    """The words of the map, looked up once: 135 wards share them."""

    statuses: dict[WardStatus, str]
    causes: dict[Rule, str]
    figures: tuple[str, ...]


def make_ward_map(query: FigureQuery) -> Figure:
    """Return the map of the scope's wards; the query's choice is a status, all others fade."""
    return make_map_with_legend(query, list_wards(query.scope)).figure


def make_map_with_legend(
    query: FigureQuery, wards: Iterable[WardCard], *, chosen_code: str = ""
) -> WardMap:
    """Return the map of the scope's wards with what the page shows around it."""
    survey = survey_wards(query.scope, query.day)
    cards = {card.code: card for card in wards}
    words = _words()
    places = [WardPlace._make(row) for row in list_ward_places(query.scope)]
    points = ward_points(survey.wards, places, asked_for=read_status(query.choice))
    labels = _labels(survey, cards, words)
    figure = Figure(
        name="ban-do",
        title=tell_map(survey),
        caption=str(
            _("Màu và dấu cho biết tình trạng của từng xã, phường. %(credit)s", credit=MAP_CREDIT)
        ),
        definition=define_statuses(),
        as_of=survey.as_of,
        draw=lambda: draw_ward_map(points, labels),
        tabulate=lambda: _table(survey.wards, cards, labels, words),
        height=620,
        phone_height=340,
    )
    chosen = next((ward for ward in survey.wards if ward.code == chosen_code), None)
    told = None if chosen is None else _tell_ward(chosen, labels)
    return WardMap(figure, _legend(points, labels), told)


def label_wards(survey: WardSurvey, wards: Iterable[WardCard]) -> MapLabels:
    """Return what any map of surveyed wards says of them, and where it leads."""
    return _labels(survey, {card.code: card for card in wards}, _words())


def _words() -> Words:
    return Words(
        statuses={status: say(label) for status, label in STATUS_LABELS.items()},
        causes=label_rules(),
        figures=tuple(say(name) for name in FIGURE_NAMES),
    )


def _legend(points: Sequence[WardPoint], labels: MapLabels) -> list[LegendEntry]:
    return [
        LegendEntry(status, STATUS_LOOKS[status].sign, labels.statuses[status], count)
        for status, count in count_statuses(points)
    ]


def read_status(text: str) -> WardStatus | None:
    """Return the status that an address names, or None for none or an unknown one."""
    return next((status for status in WardStatus if status.value == text), None)


def tell_map(survey: WardSurvey) -> str:
    """Return the finding of the map in one line, with its base."""
    totals = survey.totals
    if totals.wards_no_data == totals.wards:
        return str(_("Chưa xã, phường nào có dữ liệu"))
    return str(
        _(
            "%(covered)s/%(wards)s xã, phường đã đủ; %(critical)s nơi thiếu người",
            covered=totals.wards_covered,
            wards=totals.wards,
            critical=totals.wards_critical,
        )
    )


def define_statuses() -> str:
    """Say what the four statuses mean; the same words as in docs/definitions.md."""
    return str(
        _(
            "Thiếu người: chưa có nhân sự hỗ trợ hoặc chưa có mentor nào đang làm việc. Cần chú ý:"
            " còn việc khác phải làm. Đã đủ: không còn việc cần làm nào, có thể còn việc nên xem."
            " Chưa có dữ liệu: chưa nhập ai và chưa ghi hoạt động nào; đây không phải là số 0."
        )
    )


def _labels(survey: WardSurvey, cards: dict[str, WardCard], words: Words) -> MapLabels:
    day = None if survey.as_of == clock.today() else format_day(survey.as_of)
    return MapLabels(
        boundaries_url=boundaries_url(),
        address=url_for("wards.show", code=ANY_CODE, ngay=day).replace(ANY_CODE, "*"),
        figures=words.figures,
        wards={ward.code: _label(ward, cards[ward.code], words) for ward in survey.wards},
        statuses=words.statuses,
        towns={code: (cards[code].name, side) for code, side in TOWNS.items() if code in cards},
    )


def _label(ward: AuditedWard, card: WardCard, words: Words) -> WardLabel:
    """A ward without data has no figures, not even zeros."""
    if ward.status is WardStatus.NO_DATA:
        return WardLabel(card.full_name)
    cause = words.causes[ward.primary_cause] if isinstance(ward.primary_cause, Rule) else ""
    return WardLabel(card.full_name, cause and f": {cause[:1].lower()}{cause[1:]}", _figures(ward))


def _tell_ward(ward: AuditedWard, labels: MapLabels) -> ToldWard:
    """Say of one ward what its label on the map says."""
    label = labels.wards[ward.code]
    counts = zip(label.figures, labels.figures, strict=False)
    lines = (
        f"{STATUS_LOOKS[ward.status].sign} {describe_state(ward)}",
        ", ".join(f"{count} {name}" for count, name in counts),
    )
    return ToldWard(
        label.title, "\n".join(filter(None, lines)), labels.address.replace("*", ward.code)
    )


def _figures(ward: AuditedWard) -> tuple[int, ...]:
    figures = ward.figures
    return figures.mentors, figures.mentees, figures.waiting, figures.support_posts


def _table(
    wards: Iterable[AuditedWard], cards: dict[str, WardCard], labels: MapLabels, words: Words
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
        rows=tuple(_row(ward, cards[ward.code], words) for ward in urgent),
        links=tuple(labels.address.replace("*", ward.code) for ward in urgent),
    )


def _row(ward: AuditedWard, card: WardCard, words: Words) -> tuple[Cell, ...]:
    """A ward without data has no zeros: its figures are unknown."""
    counts, is_known = _figures(ward), ward.status is not WardStatus.NO_DATA
    cause = ward.primary_cause
    return (
        capitalised(card.full_name),
        f"{STATUS_LOOKS[ward.status].sign} {words.statuses[ward.status]}",
        words.causes[cause] if isinstance(cause, Rule) else None,
        *(counts if is_known else (None,) * len(counts)),
    )
