"""What a failing statement says of itself, and thus what may come into a log."""

import traceback

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from app import clock
from models import Person, db

pytestmark = pytest.mark.usefixtures("flask_app")


def test_a_refused_row_is_not_told_to_the_log() -> None:
    values = {
        "full_name": "Rơ Châm H'Dih",
        "search_text": "ro cham h'dih",
        "sort_key": "h'dih",
        "phone": "+84912345678",
        "birth_year": 1,
        "entered_at": clock.now(),
        "version": 1,
    }

    with pytest.raises(IntegrityError) as failure:
        db.session.execute(insert(Person).values(values))

    told = "".join(traceback.format_exception(failure.value))
    assert "birth_year_plausible" in told
    assert [value for value in ("Dih", "dih", "912345678") if value in told] == []
