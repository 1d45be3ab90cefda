"""What can be refused, as exceptions; the sentences stand in `app.wording`."""

from typing import Any, ClassVar


class OutOfScopeError(LookupError):
    """The record does not exist for this reader; shown as 404."""


class NotPermittedError(Exception):
    """The reader's roles do not allow the action; shown as 403."""


class AlreadyDoneError(Exception):
    """The same form was sent before; carries what it led to the first time."""

    def __init__(self, object_id: int, batch_id: int) -> None:
        super().__init__(object_id, batch_id)
        self.object_id = object_id
        self.batch_id = batch_id


class RuleBrokenError(Exception):
    """A rule of the domain forbids the action. `field` names the form field that caused it."""

    field: ClassVar[str | None] = None

    def __init__(self, **details: Any) -> None:
        super().__init__(details)
        self.details = details


class EditConflictError(RuleBrokenError):
    """Somebody else changed the record since it was read."""


class OverlapError(RuleBrokenError):
    """The person already holds this role on some of these days, or the mentee has a mentor."""

    field = "started_on"


class PeriodClosedError(RuleBrokenError):
    """The row counts in a report that is closed."""

    field = "service_date"


class UndoExpiredError(RuleBrokenError):
    """The action is older than the days for which it may be undone."""


class AlreadyUndoneError(RuleBrokenError):
    """The action was taken back before."""


class LaterChangeError(RuleBrokenError):
    """A later change depends on the action that should be undone."""
