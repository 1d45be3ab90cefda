"""Which ward helps which, as arrows on the map."""

from collections.abc import Iterable

from app.figures.figure import Figure, FigureQuery, FigureTable
from app.figures.ward_map import label_wards
from app.finding_wording import capitalised
from app.formatting import format_number
from app.queries.audit import survey_wards
from app.queries.twinning import NeighbourHelp, twinning_for
from app.queries.wards import list_ward_places, list_wards
from app.texts import _
from app.wording import MAP_CREDIT
from graphs.figures.help_map import Arrow, ArrowLabels, draw_help_map
from graphs.figures.ward_map import WardPlace, ward_points
from graphs.planning.partners import Partnership


def make_help_map(query: FigureQuery) -> Figure:
    """Return the map of the scope's wards with who helps whom among all wards."""
    return map_of_help(query, twinning_for(query.scope, query.day))


def map_of_help(query: FigureQuery, found: NeighbourHelp) -> Figure:
    """Return the map of proposals that are at hand."""
    survey = survey_wards(query.scope, query.day)
    places = [WardPlace._make(row) for row in list_ward_places(query.scope)]
    points = ward_points(survey.wards, places, asked_for=None)
    labels = label_wards(survey, list_wards(query.scope))
    names = ArrowLabels(str(_("→ Nhận thêm người học")), str(_("⇢ Cử nhân sự hỗ trợ")))
    return Figure(
        name="giup-nhau",
        title=str(_("Nơi nào giúp nơi nào")),
        caption=str(
            _(
                "Mũi tên đi từ nơi giúp đến nơi được giúp: nét liền là nhận thêm người học, nét"
                " chấm là cử nhân sự hỗ trợ. %(credit)s",
                credit=MAP_CREDIT,
            )
        ),
        definition=str(
            _(
                "Nơi giúp là nơi giáp ranh còn chỗ hoặc có từ 2 nhân sự hỗ trợ; xã đảo thì tính nơi"
                " gần nhất qua biển. Chạm vào một nơi để xem tình trạng của nơi đó."
            )
        ),
        as_of=query.day,
        draw=lambda: draw_help_map(points, labels, list(_arrows(found)), names),
        tabulate=lambda: _table(found),
        height=620,
        phone_height=340,
        empty_message=str(_("Chưa có nơi nào cần hoặc giúp được nơi giáp ranh.")),
    )


def _arrows(found: NeighbourHelp) -> Iterable[Arrow]:
    for each in found.learners.partnerships:
        people = _("%(count)s người học", count=format_number(each.people))
        yield Arrow(
            each.way.giver, each.way.taker, f"{_way(found, each)}: {people}", is_support=False
        )
    for each in found.support.partnerships:
        told = f"{_way(found, each)}: {_('1 nhân sự hỗ trợ')}"
        yield Arrow(each.way.giver, each.way.taker, told, is_support=True)


def _way(found: NeighbourHelp, each: Partnership) -> str:
    return f"{found.cards[each.way.giver].name} → {found.cards[each.way.taker].name}"


def _table(found: NeighbourHelp) -> FigureTable:
    learners, support = str(_("người học")), str(_("nhân sự hỗ trợ"))
    kinds = ((found.learners.partnerships, learners), (found.support.partnerships, support))
    return FigureTable(
        headings=(
            str(_("Nơi giúp")),
            str(_("Nơi được giúp")),
            str(_("Số người")),
            str(_("Giúp về")),
            str(_("Cách nhau (km)")),
        ),
        rows=tuple(
            (
                capitalised(found.cards[each.way.giver].full_name),
                capitalised(found.cards[each.way.taker].full_name),
                each.people,
                kind,
                round(each.way.km, 1),
            )
            for partnerships, kind in kinds
            for each in partnerships
        ),
    )
