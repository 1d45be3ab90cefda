"""What people said that the headings of their files mean, ward by ward."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from app.access.scope import WardScope
from app.exchange.by_hand import Meanings
from app.exchange.columns import Column
from models import HeadingMeaning, db


def get_meanings(scope: WardScope, ward_id: int | None) -> Meanings:
    """Return what headings mean in the files of a ward of the scope.

    Without a ward, what the reader said of files of several wards.
    """
    return {
        row.heading_key: None if row.column_name is None else Column(row.column_name)
        for row in load_meanings(scope, ward_id)
    }


def load_meanings(scope: WardScope, ward_id: int | None) -> Sequence[HeadingMeaning]:
    """Return the same for writing, the latest said last."""
    statement = select(HeadingMeaning).where(_is_of(scope, ward_id)).order_by(HeadingMeaning.id)
    return db.session.scalars(statement).all()


def _is_of(scope: WardScope, ward_id: int | None) -> ColumnElement[bool]:
    if ward_id is None:
        own: ColumnElement[bool] = HeadingMeaning.entered_by_id == scope.account_id
        return HeadingMeaning.ward_id.is_(None) & own
    scope.require(ward_id)
    return HeadingMeaning.ward_id == ward_id
