"""What can be refused about skills, completion and the links of mentors."""

from app.errors import RuleBrokenError


class NothingMarkedError(RuleBrokenError):
    """An assessment says nothing about anybody."""


class NotLearningThenError(RuleBrokenError):
    """Somebody was no mentee on the day of an assessment."""

    field = "on"


class NoMentorThenError(RuleBrokenError):
    """A mentor is said to have assessed who had none on that day."""

    field = "said_by"


class VneidKnownError(RuleBrokenError):
    """The same confirmation of VNeID is recorded already."""

    field = "basis"


class SkillsMissingError(RuleBrokenError):
    """Who should complete cannot do enough skills alone yet."""


class NotCompletedError(RuleBrokenError):
    """Who should become a mentor has not completed learning."""


class AlreadyMentorError(RuleBrokenError):
    """Who should become a mentor is one."""


class NoConsentInForceError(RuleBrokenError):
    """Nobody begins a role without a consent that is in force."""


class TopicTakenError(RuleBrokenError):
    """The week has a topic already."""

    field = "monday"


class MentorLinkClosedError(RuleBrokenError):
    """A link of a mentor is unknown, too old, switched off, or of somebody who is no mentor."""


class LinkStaysError(RuleBrokenError):
    """What was done about a mentor's link is not taken back; a new link is made instead."""
