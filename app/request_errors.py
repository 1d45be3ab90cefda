"""What can be refused about requests between wards; the sentences stand in `app.rule_wording`."""

from app.errors import RuleBrokenError


class NotBorderingError(RuleBrokenError):
    """A ward asks those that border it."""

    field = "asked_ward"


class RequestAnsweredError(RuleBrokenError):
    """The request was answered, withdrawn or fulfilled meanwhile."""


class RequestDayOverError(RuleBrokenError):
    """Nobody can be sent for a day that is over."""

    field = "helper"


class TooManyForRequestError(RuleBrokenError):
    """More mentees than the request is about."""

    field = "mentee_ids"
