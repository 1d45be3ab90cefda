"""What can be refused about roles that rest, move or go over, and about tags of people."""

from app.errors import OverlapError, RuleBrokenError


class PauseBeforeStartError(RuleBrokenError):
    """Somebody cannot be away before the role began."""

    field = "started_on"


class PausesOverlapError(RuleBrokenError):
    """The role has a pause already in these days."""

    field = "started_on"


class SubstituteUnfitError(RuleBrokenError):
    """The substitute does not hold the same role in the ward, or is away as well."""

    field = "substitute"


class NotPausedError(RuleBrokenError):
    """The pause is over, or was taken back."""

    field = "ended_on"


class SameWardError(RuleBrokenError):
    """Somebody cannot move to where they are."""

    field = "ward"


class WardGoneError(RuleBrokenError):
    """The ward exists no more."""

    field = "ward"


class HeldThereAlreadyError(OverlapError):
    """The person holds the role in the other ward already."""

    field = "ward"


class NothingToHandOverError(RuleBrokenError):
    """The account holds no role on the day."""

    field = "started_on"


class HandedOverTooEarlyError(RuleBrokenError):
    """A role cannot go over before it began."""

    field = "started_on"


class AlreadyTaggedError(RuleBrokenError):
    """The person carries the tag."""


class NotTaggedError(RuleBrokenError):
    """The person does not carry the tag."""
