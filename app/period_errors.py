"""What can be refused about reporting periods and plan targets."""

from app.errors import RuleBrokenError


class PeriodNotOverError(RuleBrokenError):
    """A period is closed before its last day is over."""


class PeriodOpenError(RuleBrokenError):
    """A period that is open is asked to be reopened."""


class PeriodDaysError(RuleBrokenError):
    """A period would leave no day to itself or to a neighbour."""

    field = "last_day"


class NeighbourClosedError(RuleBrokenError):
    """A period would take days of a closed one, or leave days to it."""

    field = "first_day"


class NotUndoneError(RuleBrokenError):
    """What was done to a reporting period is answered by its opposite, not taken back."""


class TargetThereError(RuleBrokenError):
    """There is a target of this ward, indicator and due date already."""

    field = "due_on"


class OlderVersionError(RuleBrokenError):
    """A correction would be in force before the version that it corrects."""

    field = "valid_from"


class TargetNamedTwiceError(RuleBrokenError):
    """Another row of the same sheet sets the same target."""
