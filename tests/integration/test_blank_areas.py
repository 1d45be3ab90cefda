"""Blank areas of what is recorded: which wards, how many people, and who is told."""

from app import clock
from app.access.scope import WardScope
from app.queries.blank_areas import blank_areas_for
from app.queries.ward_means import list_ward_means
from graphs.blank_areas import BLANK, Need
from graphs.findings import WardStatus
from tests.factories.base import any_ward
from tests.factories.network import MenteeFactory, MentorFactory, SupportPostFactory

HERE, ISLAND = "21553", "21607"
EVERYWHERE = WardScope.everywhere()


def test_the_means_of_a_ward_are_its_figures_and_its_population(flask_app):
    ward = any_ward(HERE)
    MentorFactory(ward=ward)
    MenteeFactory(ward=ward)

    [means] = list_ward_means(WardScope.of([ward.id]), clock.today())

    assert (means.status, means.mentors, means.posts) == (WardStatus.CRITICAL, 1, 0)
    assert (means.waiting, means.spare, means.population) == (1, 10, 45746)
    assert (means.free_places, means.missing_places, means.lendable_posts) == (9, 0, 0)


def test_a_dissolved_ward_is_in_no_area(flask_app):
    ward = any_ward(ISLAND)
    ward.valid_to = clock.today()

    found = blank_areas_for(EVERYWHERE, clock.today(), BLANK)

    assert [len(area.wards) for area in found.areas] == [134]


def test_a_scope_is_told_of_the_areas_of_its_wards_with_all_their_wards(flask_app):
    served = any_ward(HERE)
    MentorFactory(ward=served)
    SupportPostFactory(ward=served)

    found = blank_areas_for(WardScope.of([any_ward(ISLAND).id]), clock.today(), BLANK)

    [area] = found.areas
    assert area.wards == (ISLAND,)
    assert [(help_.need, help_.helper, help_.is_by_sea) for help_ in area.helps] == [
        (Need.MENTOR, HERE, True)
    ]
    assert blank_areas_for(WardScope.of([served.id]), clock.today(), BLANK).areas == []
    assert blank_areas_for(WardScope.of([]), clock.today(), BLANK).areas == []
