"""The whole made-up network, ward by ward, so that no size needs much memory."""

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from app.demonstration.activities import tell_activities
from app.demonstration.answers import tell_answers
from app.demonstration.bundles import tell_bundles
from app.demonstration.desk import tell_desk
from app.demonstration.learning import tell_learning
from app.demonstration.names import NameParts
from app.demonstration.pairing import tell_network
from app.demonstration.places import Place
from app.demonstration.plan import Size, plan_wards
from app.demonstration.rows import Numbers, WardRows
from app.demonstration.story import WardStory


def make_network(
    places: Sequence[Place], names: NameParts, size: Size, *, today: date, seed: int
) -> Iterator[WardRows]:
    """Yield the rows of one ward after the other, in the order of the places.

    A row names only wards of `places` and rows of the same ward's story. The same arguments make
    the same rows.
    """
    numbers = Numbers()
    for plan in plan_wards(places, size, seed=seed):
        rng = Random(f"{seed}:{plan.place.code}")  # noqa: S311  # made-up data, no secret
        story = WardStory(plan, today, rng, names, numbers)
        if plan.profile.has_data:
            story.settle()
            tell_desk(story)
            tell_network(story)
            tell_answers(story, Random(f"{seed}:{plan.place.code}:answers"))  # noqa: S311  # made up
            tell_bundles(story)
            tell_learning(story, Random(f"{seed}:{plan.place.code}:learning"))  # noqa: S311  # made up
            tell_activities(story, Random(f"{seed}:{plan.place.code}:activities"))  # noqa: S311  # made up
        yield story.rows
