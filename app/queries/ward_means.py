"""What each ward has for itself and for others, as of a day, with its place on the map."""

from datetime import date
from typing import Any

from sqlalchemy import Select, select

from app.access.scope import WardScope
from app.queries.audit import standings_of, survey_wards
from app.queries.kept_network import kept_network
from app.queries.kept_statements import kept_statement, read_scoped
from graphs.ward_means import WardCrew, WardMeans, crew_of
from models import Ward


def list_ward_means(scope: WardScope, day: date) -> list[WardMeans]:
    """Return the means of the scope's wards that exist on the day, in order of code."""
    places = {code: place for code, *place in read_scoped(scope, _places)}
    means = []
    for ward in survey_wards(scope, day).wards:
        latitude, longitude, population = places[ward.code]
        means.append(
            WardMeans(
                code=ward.code,
                latitude=latitude,
                longitude=longitude,
                status=ward.status,
                mentors=ward.figures.mentors,
                posts=ward.figures.support_posts,
                waiting=ward.figures.waiting,
                spare=ward.figures.spare,
                population=population,
            )
        )
    return means


def list_ward_crews(scope: WardScope, day: date) -> list[WardCrew]:
    """Return the mentors at work of the scope's wards and their people, in order of code."""
    with kept_network(scope, day) as kept:
        if kept is not None:
            return kept.live.crews(kept.codes_in(scope))
    return [
        crew_of(ward.row.code, ward.working_mentors, ward.waiting)
        for ward in standings_of(scope, day)
    ]


@kept_statement
def _places(scope: WardScope) -> Select[*tuple[Any, ...]]:
    columns = (Ward.code, Ward.latitude, Ward.longitude, Ward.population)
    return select(*columns).where(scope.limit(Ward.id))
