"""What can be refused, as exceptions; the sentences stand in `app.rule_wording`."""

from typing import ClassVar


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

    def __init__(self, **details: object) -> None:
        super().__init__(details)
        self.details = details


class EditConflictError(RuleBrokenError):
    """Somebody else changed the record since it was read."""


class OverlapError(RuleBrokenError):
    """The person already holds this role on some of these days, or the mentee has a mentor."""

    field = "started_on"


class RepeatedRowError(RuleBrokenError):
    """Somebody wrote the same entry at the same moment, and there can be only one."""


class PeriodClosedError(RuleBrokenError):
    """The row counts in a report that is closed."""

    field = "service_date"


class UndoExpiredError(RuleBrokenError):
    """The action is older than the days for which it may be undone."""


class AlreadyUndoneError(RuleBrokenError):
    """The action was taken back before."""


class LaterChangeError(RuleBrokenError):
    """A later change depends on the action that should be undone."""


class NoticeChangedError(RuleBrokenError):
    """What a notice is about changed since the reader looked at it, or was answered already."""


class SignInRefusedError(RuleBrokenError):
    """The username or the password is wrong, or the account is disabled; never said which."""


class SignInThrottledError(RuleBrokenError):
    """Too many failed sign-ins; the next attempt counts after some minutes."""


class WrongPasswordError(RuleBrokenError):
    """The present password was not typed right."""

    field = "current_password"


class LinkExpiredError(RuleBrokenError):
    """A one-time link was used before, is too old, or never existed."""


class UsernameTakenError(RuleBrokenError):
    """Another account has this username."""

    field = "username"


class LastAdministratorError(RuleBrokenError):
    """Afterwards nobody could look after the accounts any more."""


class GrantOverlapError(RuleBrokenError):
    """The account already holds this role over this ward on some of these days."""

    field = "started_on"


class GrantEndsTooEarlyError(RuleBrokenError):
    """A role cannot end before it started."""

    field = "ended_on"


class GrantEndedError(RuleBrokenError):
    """A role that has an end is ended earlier, never prolonged."""

    field = "ended_on"


class TooManyViewsError(RuleBrokenError):
    """So many kept views of a list nobody finds anything in."""

    field = "name"


class LabelTakenError(RuleBrokenError):
    """Another entry of the catalogue reads the same."""

    field = "label"


class LikelySamePersonError(RuleBrokenError):
    """Somebody in the ward has the same name and the same phone or birth year; who decides?"""

    field = "same_person"


class GuardianNeededError(RuleBrokenError):
    """A person of at most 16 by birth year needs a representative who agrees."""

    field = "guardian_name"


class NoConsentError(RuleBrokenError):
    """Nothing that the person agreed to is still in force."""


class WithdrawnBeforeGivenError(RuleBrokenError):
    """Nobody withdraws what they have not agreed to yet."""

    field = "withdrawn_on"


class SensitiveBasisMissingError(RuleBrokenError):
    """A sensitive group is stored only with consent or a paper form, and its day."""

    field = "group_basis"


class SpellEndedError(RuleBrokenError):
    """The role has an end already."""

    field = "ended_on"


class EndsTooEarlyError(RuleBrokenError):
    """Something was recorded for the role after the day on which it should end."""

    field = "ended_on"


class PairPartyEndedError(RuleBrokenError):
    """The mentor or a mentee has left already."""


class PairPartyPausedError(RuleBrokenError):
    """The mentor or a mentee is away on the day."""

    field = "on"


class PairBeforeStartError(RuleBrokenError):
    """The mentor or a mentee joined later than the day."""

    field = "on"


class AlreadyPairedError(RuleBrokenError):
    """The mentee has a mentor."""

    field = "mentee_ids"


class PairedUntilError(RuleBrokenError):
    """The mentee had a mentor until a later day."""

    field = "on"


class CapacityExceededError(RuleBrokenError):
    """The mentor has no room for that many."""

    field = "mentor_id"


class DraftClosedError(RuleBrokenError):
    """A plan that is published, discarded or not worked out cannot be changed or published."""


class EmptyPlanError(RuleBrokenError):
    """Every move of the plan was dropped."""


class NetworkChangedError(RuleBrokenError):
    """What the plan was made of changed since."""


class DraftBrokenError(RuleBrokenError):
    """The moves that were kept break a rule together."""


class MoveForbiddenError(RuleBrokenError):
    """The mentee and the mentor who was chosen may not be paired."""

    field = "mentor"


class MentorOverfullError(RuleBrokenError):
    """By the moves that were kept the mentor has no room for one more."""

    field = "mentor"


class SameMentorError(RuleBrokenError):
    """Who changes mentor gets another one."""

    field = "mentor_id"


class SelfPairingError(RuleBrokenError):
    """Nobody is their own mentor."""

    field = "mentee_ids"


class PersonMergedError(RuleBrokenError):
    """The record was archived into another one of the same person."""


class MergedIntoItselfError(RuleBrokenError):
    """A record cannot be archived into itself."""


class MergeRolesUnseenError(RuleBrokenError):
    """One of two records has a role in a ward that the reader cannot see."""


class MergeHoldsAccountError(RuleBrokenError):
    """The record that would be archived is linked to an account."""


class MergeRolesOverlapError(RuleBrokenError):
    """Two records hold the same role in two wards on the same days."""


class MergeBothPairedError(RuleBrokenError):
    """Two records of a mentee have mentors at the same time, or one guides the other."""


class PairEndedError(RuleBrokenError):
    """The mentorship has an end already."""


class PairEndsTooEarlyError(RuleBrokenError):
    """A mentorship lasts at least a day."""

    field = "on"


class ContactAfterEndError(RuleBrokenError):
    """The two met after the day on which their mentorship should end."""

    field = "on"


class NobodyMetError(RuleBrokenError):
    """A contact needs somebody who attended."""

    field = "mentorship_ids"


class AttendeeNotPairedError(RuleBrokenError):
    """Somebody who is ticked has no mentorship with the mentor on that day."""

    field = "mentorship_ids"


class ContactRepeatedError(RuleBrokenError):
    """The same people were recorded for the same day before."""


class SheetRefusedError(RuleBrokenError):
    """Cells of a paper sheet contradict what is recorded; `faults` says which."""


class RealDataError(RuleBrokenError):
    """The site holds real people or accounts, so it never gets demonstration data."""


class NoWardsError(RuleBrokenError):
    """The list of wards was not loaded yet."""


class SessionHandedOnError(RuleBrokenError):
    """Somebody was handed on to a mentor from this help session."""


class FollowUpAnsweredError(RuleBrokenError):
    """Somebody called and recorded the answer already."""


class LearnsAgainError(RuleBrokenError):
    """Who should learn again is on the ward's list of mentees."""


class AlreadyLearningError(RuleBrokenError):
    """Who should be handed on learns with a mentor already."""

    field = "full_name"


class PostNotOpenError(RuleBrokenError):
    """The support post was not held on that day."""

    field = "service_date"


class TurnRecordedError(RuleBrokenError):
    """This half day of the support post is recorded already."""


class LeaveRecordedError(RuleBrokenError):
    """Leave of the same person covers some of these half-days already."""

    field = "first_day"


class SubstituteBusyError(RuleBrokenError):
    """Who should stand in is not free on each of the half-days, or works too far away."""

    field = "substitute"


class RosterErrorsError(RuleBrokenError):
    """Rows of a roster file are in error, and not only the good ones were asked for."""


class NothingToImportError(RuleBrokenError):
    """A roster file holds nothing that is not recorded already."""


class ImportClosedError(RuleBrokenError):
    """A roster file was applied or dropped before."""
