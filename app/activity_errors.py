"""What can be refused about activities."""

from app.errors import RuleBrokenError


class NoMentorOfWardError(RuleBrokenError):
    """A host of an activity is no mentor of its ward on its day."""

    field = "hosts"


class ActivityHeldError(RuleBrokenError):
    """What should be confirmed as held is so already."""


class ActivityAheadError(RuleBrokenError):
    """An activity of a day to come cannot have been held."""
