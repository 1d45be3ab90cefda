"""What is recorded: tables, vocabularies, and the rules that one row can keep by itself."""

from models.account import Account, AccountPerson, Grant, OneTimeLink, SignIn, SignInFailure
from models.activity import (
    Activity,
    ActivityHost,
    ActivityPerson,
    ActivityTag,
    ActivityTurns,
)
from models.assignment_draft import AssignmentDraft
from models.base import Base, Recorded, Spell, db
from models.catalogue import (
    CatalogueEntry,
    EndReason,
    Language,
    Obstacle,
    Procedure,
    Skill,
    Tag,
    TargetGroup,
)
from models.change_log import Batch, Change, ChangedValue, RequestKey
from models.contact import Attendance, Contact
from models.derived import DeskDay, DeskTopic, NetworkGeneration
from models.duty import DutyHoliday, DutyLeave, DutyPattern
from models.entries import ENTERED_IN
from models.follow_up import FollowUp
from models.help_session import Handoff, HelpSession, HelpSessionGroup, SessionBundle
from models.learning import SkillAssessment, VneidConfirmation, WeeklyTopic
from models.mentee import Mentee
from models.mentor import Mentor, MentorCapacity
from models.mentor_link import MentorLink, MentorLinkUse
from models.mentorship import Mentorship, Pause
from models.person import (
    Consent,
    Erasure,
    Person,
    PersonGroup,
    PersonLanguage,
    PersonMerge,
    PersonTag,
    RepointedRow,
)
from models.report import ReportDraft, ReportEdition, ReportingPeriod
from models.review import ConfirmedSession, DistinctPeople
from models.roster_import import HeadingMeaning, RosterImport, RosterImportCells, RosterImportPart
from models.saved_view import SavedView
from models.setting import Setting
from models.support import DutyTurn, SupportPost
from models.target import PlanTarget
from models.ward import Hamlet, Ward, WardBorder
from models.ward_request import WardRequest

__all__ = [
    "ENTERED_IN",
    "Account",
    "AccountPerson",
    "Activity",
    "ActivityHost",
    "ActivityPerson",
    "ActivityTag",
    "ActivityTurns",
    "AssignmentDraft",
    "Attendance",
    "Base",
    "Batch",
    "CatalogueEntry",
    "Change",
    "ChangedValue",
    "ConfirmedSession",
    "Consent",
    "Contact",
    "DeskDay",
    "DeskTopic",
    "DistinctPeople",
    "DutyHoliday",
    "DutyLeave",
    "DutyPattern",
    "DutyTurn",
    "EndReason",
    "Erasure",
    "FollowUp",
    "Grant",
    "Hamlet",
    "Handoff",
    "HeadingMeaning",
    "HelpSession",
    "HelpSessionGroup",
    "Language",
    "Mentee",
    "Mentor",
    "MentorCapacity",
    "MentorLink",
    "MentorLinkUse",
    "Mentorship",
    "NetworkGeneration",
    "Obstacle",
    "OneTimeLink",
    "Pause",
    "Person",
    "PersonGroup",
    "PersonLanguage",
    "PersonMerge",
    "PersonTag",
    "PlanTarget",
    "Procedure",
    "Recorded",
    "RepointedRow",
    "ReportDraft",
    "ReportEdition",
    "ReportingPeriod",
    "RequestKey",
    "RosterImport",
    "RosterImportCells",
    "RosterImportPart",
    "SavedView",
    "SessionBundle",
    "Setting",
    "SignIn",
    "SignInFailure",
    "Skill",
    "SkillAssessment",
    "Spell",
    "SupportPost",
    "Tag",
    "TargetGroup",
    "VneidConfirmation",
    "Ward",
    "WardBorder",
    "WardRequest",
    "WeeklyTopic",
    "db",
]
