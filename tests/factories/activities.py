"""Activities, and what hangs on them; each valid without arguments."""

from datetime import date

import factory

from models import (
    Activity,
    ActivityHost,
    ActivityPerson,
    ActivityTag,
    ActivityTurns,
    Tag,
    TargetGroup,
    db,
)
from models.enums import ActivityKind
from tests.factories.base import any_ward
from tests.factories.network import MentorFactory, PersonFactory, RecordedFactory, any_period


def tag(code: str) -> int:
    """Return the id of a shipped tag by its code."""
    return db.session.query(Tag.id).filter_by(code=code).scalar()


def group(code: str) -> int:
    """Return the id of a shipped target group by its code."""
    return db.session.query(TargetGroup.id).filter_by(code=code).scalar()


class ActivityFactory(RecordedFactory):
    """A community class that was held; planned where `is_held` is False."""

    class Meta:
        model = Activity

    ward = factory.LazyFunction(any_ward)
    kind = ActivityKind.COMMUNITY_CLASS
    service_date = date(2026, 8, 20)
    topic = "Cài và dùng VNeID"
    is_held = True
    turns = factory.LazyAttribute(lambda row: 12 if row.is_held else None)
    reported_in = factory.LazyAttribute(lambda row: any_period() if row.is_held else None)


class ActivityTurnsFactory(RecordedFactory):
    class Meta:
        model = ActivityTurns

    activity = factory.SubFactory(ActivityFactory)
    target_group_id = factory.LazyFunction(lambda: group("elderly"))
    turns = 5


class ActivityHostFactory(RecordedFactory):
    class Meta:
        model = ActivityHost

    activity = factory.SubFactory(ActivityFactory)
    mentor = factory.SubFactory(MentorFactory)


class ActivityPersonFactory(RecordedFactory):
    class Meta:
        model = ActivityPerson

    activity = factory.SubFactory(ActivityFactory)
    person = factory.SubFactory(PersonFactory)


class ActivityTagFactory(RecordedFactory):
    class Meta:
        model = ActivityTag

    activity = factory.SubFactory(ActivityFactory)
    tag_id = factory.LazyFunction(lambda: tag("digital_market"))
