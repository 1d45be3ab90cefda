"""The made-up activities as rows of the database; `demonstration_rows` writes them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.demonstration.rows import ActivityRow, WardRows
from app.services.demonstration_learning import Numbering
from models import (
    Activity,
    ActivityHost,
    ActivityPerson,
    ActivityTag,
    ActivityTurns,
    Base,
    Mentor,
    Person,
    Tag,
    TargetGroup,
)

Row = tuple[type[Base], date, dict[str, Any]]


def activity_rows(rows: WardRows, known: Numbering) -> Iterator[Row]:
    """Yield the table, the day of entering and the values of each row of a ward."""
    for row in rows.activities:
        activity_id = known.id_of(Activity, row.number)
        is_held = row.turns is not None
        yield (
            Activity,
            row.entered_on,
            {
                "id": activity_id,
                "ward_id": known.ward_id(row.ward),
                "kind": row.kind,
                "service_date": row.service_date,
                "topic": row.topic,
                "place": row.place,
                "is_held": is_held,
                "turns": row.turns,
                "reported_in_id": known.period_id(row.service_date) if is_held else None,
            },
        )
        for model, values in _parts(row, known):
            yield model, row.entered_on, {"activity_id": activity_id, **values}


def _parts(row: ActivityRow, known: Numbering) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    yield ActivityHost, {"mentor_id": known.id_of(Mentor, row.host)}
    for person in row.people:
        yield ActivityPerson, {"person_id": known.id_of(Person, person)}
    for code, turns in row.groups:
        yield (
            ActivityTurns,
            {"target_group_id": known.code_id(TargetGroup, code), "turns": turns},
        )
    for code in row.tags:
        yield ActivityTag, {"tag_id": known.code_id(Tag, code)}
