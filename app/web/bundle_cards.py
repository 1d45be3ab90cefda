"""Bundles of help sessions as pages list them: when, by whom, and whether the reader may undo."""

from collections.abc import Iterable
from typing import NamedTuple

from app.access.current import current_scope, require_reader
from app.access.policy import Permission
from app.queries.session_bundles import Bundle
from app.texts import _
from app.wording import HALF_DAY_LABELS


class BundleCard(NamedTuple):
    """A bundle with its hours in words."""

    bundle: Bundle
    span: str
    may_undo: bool


def bundle_cards(bundles: Iterable[Bundle]) -> list[BundleCard]:
    """Return bundles for the reader of this request."""
    account_id = require_reader().account_id
    undoing = current_scope(Permission.UNDO_CHANGES)
    return [
        BundleCard(
            bundle,
            span_in_words(bundle),
            bundle.entered_by_id == account_id or undoing.includes(bundle.ward_id),
        )
        for bundle in bundles
    ]


def span_in_words(bundle: Bundle) -> str:
    """Return «Buổi sáng», «7 giờ – 11 giờ» or «Cả ngày»."""
    if bundle.half_day is not None:
        return str(_(HALF_DAY_LABELS[bundle.half_day]))
    if bundle.began_at is not None and bundle.ended_at is not None:
        return str(
            _("%(first)s giờ – %(last)s giờ", first=bundle.began_at.hour, last=bundle.ended_at.hour)
        )
    return str(_("Cả ngày"))
