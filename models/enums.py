"""Fixed vocabularies. What an office may want to edit is a catalogue table instead."""

from enum import StrEnum


class WardKind(StrEnum):
    XA = "xã"
    PHUONG = "phường"


class Role(StrEnum):
    """What an account may be; held through dated grants."""

    ADMIN = "admin"
    PROVINCE = "province"
    WARD_LEADER = "leader"
    SUPPORT = "support"


class PersonRole(StrEnum):
    """What a person can be in the network: the kinds of role spells."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    SUPPORT_POST = "support_post"


class Gender(StrEnum):
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class ConsentMethod(StrEnum):
    """How a person agreed to be recorded."""

    PAPER = "paper"
    SPOKEN = "spoken"
    MESSAGE = "message"


class GroupBasis(StrEnum):
    """Why a sensitive group may be stored."""

    CONSENT = "consent"
    PAPER_FORM = "paper_form"


class HelpMode(StrEnum):
    """Who did the procedure at the desk: tự làm, làm cùng, làm thay."""

    SELF = "self"
    TOGETHER = "together"
    ON_BEHALF = "on_behalf"


class HelpResult(StrEnum):
    DONE = "done"
    UNFINISHED = "unfinished"
    REFERRED = "referred"


class LearningOffer(StrEnum):
    """What a visitor of the desk answered to the offer to learn more; empty: nobody asked.

    Who wants to learn is handed on, which is a row of its own.
    """

    DECLINED = "declined"


class FollowUpOccasion(StrEnum):
    """Two to four weeks after what somebody is asked whether they still manage on their own."""

    PAIRED = "paired"
    COMPLETED = "completed"


class FollowUpAnswer(StrEnum):
    """What became known when somebody was called: vẫn tự làm được, cần giúp thêm, không gặp."""

    STILL_ABLE = "still_able"
    NEEDS_HELP = "needs_help"
    UNREACHED = "unreached"


class HalfDay(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"


class RequestKind(StrEnum):
    """What a ward asks of a bordering one."""

    MENTOR = "mentor"
    SUPPORT = "support"


class RequestState(StrEnum):
    """How far a request is; fulfilled: people were paired, or the desk was planned."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    FULFILLED = "fulfilled"


class ImportState(StrEnum):
    PREVIEWED = "previewed"
    APPLIED = "applied"
    DISCARDED = "discarded"


class DraftState(StrEnum):
    """How far a plan of pairings is: worked out, looked at, or done with."""

    COMPUTING = "computing"
    READY = "ready"
    PUBLISHED = "published"
    DISCARDED = "discarded"
    FAILED = "failed"


class RowOutcome(StrEnum):
    """What became of one row of an imported file."""

    CREATED = "created"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    PENDING = "pending"


class LinkPurpose(StrEnum):
    """What a one-time link is for."""

    FIRST_ADMINISTRATOR = "first_administrator"
    INVITATION = "invitation"
    RESET = "reset"


class BatchState(StrEnum):
    RUNNING = "running"
    DONE = "done"
    UNDONE = "undone"


class TopicKind(StrEnum):
    """What months of a desk are counted by: what people came for, what stood in the way."""

    PROCEDURE = "procedure"
    OBSTACLE = "obstacle"


class SkillLevel(StrEnum):
    """What somebody can do of a skill: chưa, cần giúp, tự làm được."""

    NOT_YET = "not_yet"
    NEEDS_HELP = "needs_help"
    ABLE = "able"


class AssessmentSource(StrEnum):
    """Who says what a mentee can do."""

    MENTOR = "mentor"
    LEADER = "leader"
    MENTEE = "mentee"


class VneidBasis(StrEnum):
    """How it is known that a VNeID account is confirmed."""

    SELF_REPORTED = "self_reported"
    SEEN_BY_OFFICER = "seen_by_officer"


class LinkDeed(StrEnum):
    """What is done through a mentor's own link."""

    OPENED = "opened"
    MET = "met"
    TAKEN_BACK = "taken_back"


class ActivityKind(StrEnum):
    """The activities of Kế hoạch 19/KH-UBND that share the network, by the point of the plan."""

    COMMUNITY_CLASS = "community_class"
    """II.3.6, every week in each commune."""
    HOUSE_VISIT = "house_visit"
    """II.4.5, by the Tổ công nghệ số cộng đồng."""
    YOUTH_CAMPAIGN = "youth_campaign"
    """II.4.6."""
    LEARNING_DAY = "learning_day"
    """II.1.3, around 10/10."""
    DIGITAL_FAMILY = "digital_family"
    """II.4.2."""
    DIGITAL_MARKET = "digital_market"
    """II.4.3."""


class TargetIndicator(StrEnum):
    """What a target is set for; what the network counts first, then what only agencies know."""

    MENTORS = "mentors"
    MENTEES = "mentees"
    COMPLETED = "completed"
    SESSIONS = "sessions"
    CLASSES = "classes"
    WARDS_WITH_SUPPORT = "wards_with_support"
    PUBLIC_STAFF = "public_staff"
    PUPILS = "pupils"
    ADULTS = "adults"
    VNEID = "vneid"
    WORKERS = "workers"

    @property
    def is_of_network(self) -> bool:
        """Whether the network counts it; the others are percentages that agencies report (I.2)."""
        return self not in _REPORTED_BY_AGENCIES

    @property
    def is_of_year(self) -> bool:
        """Whether it counts from 1 January on; the others count what is there on a day."""
        return self in {
            TargetIndicator.COMPLETED,
            TargetIndicator.SESSIONS,
            TargetIndicator.CLASSES,
        }


_REPORTED_BY_AGENCIES = frozenset(
    {
        TargetIndicator.PUBLIC_STAFF,
        TargetIndicator.PUPILS,
        TargetIndicator.ADULTS,
        TargetIndicator.VNEID,
        TargetIndicator.WORKERS,
    }
)
