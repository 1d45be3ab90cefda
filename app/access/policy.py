"""Who may do what: the one table of roles and permissions."""

from enum import StrEnum, auto

from models.enums import Role


class Permission(StrEnum):
    """One thing that a reader may do, within the wards of the grant that allows it."""

    USE_OWN_ACCOUNT = auto()
    VIEW_WORK_LIST = auto()
    VIEW_WARDS = auto()
    VIEW_PEOPLE = auto()
    EDIT_PEOPLE = auto()
    PAIR_PEOPLE = auto()
    EDIT_SUPPORT_POSTS = auto()
    LOG_CONTACTS = auto()
    IMPORT_ROSTERS = auto()
    EXPORT_ROSTERS = auto()
    LOG_SESSIONS = auto()
    VIEW_SESSIONS = auto()
    REVIEW_SESSIONS = auto()
    VIEW_ACTIVITIES = auto()
    RECORD_ACTIVITIES = auto()
    VIEW_HANDOFFS = auto()
    FOLLOW_UP = auto()
    RECORD_DUTY = auto()
    ARRANGE_DUTY = auto()
    ASK_NEIGHBOURS = auto()
    VIEW_REQUESTS = auto()
    UNDO_CHANGES = auto()
    VIEW_AUDIT = auto()
    VIEW_PROVINCE = auto()
    MANAGE_TOPICS = auto()
    MANAGE_PERIODS = auto()
    MANAGE_TARGETS = auto()
    VIEW_FIGURES = auto()
    MANAGE_ACCOUNTS = auto()
    MANAGE_CATALOGUES = auto()
    MANAGE_SETTINGS = auto()
    VIEW_CHANGE_LOG = auto()
    VIEW_SYSTEM = auto()


P = Permission

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.WARD_LEADER: frozenset(
        {
            P.USE_OWN_ACCOUNT,
            P.VIEW_WORK_LIST,
            P.VIEW_WARDS,
            P.VIEW_PEOPLE,
            P.EDIT_PEOPLE,
            P.PAIR_PEOPLE,
            P.EDIT_SUPPORT_POSTS,
            P.LOG_CONTACTS,
            P.IMPORT_ROSTERS,
            P.EXPORT_ROSTERS,
            P.VIEW_SESSIONS,
            P.REVIEW_SESSIONS,
            P.VIEW_ACTIVITIES,
            P.RECORD_ACTIVITIES,
            P.VIEW_HANDOFFS,
            P.FOLLOW_UP,
            P.RECORD_DUTY,
            P.ARRANGE_DUTY,
            P.ASK_NEIGHBOURS,
            P.VIEW_REQUESTS,
            P.UNDO_CHANGES,
            P.VIEW_AUDIT,
            P.VIEW_FIGURES,
        }
    ),
    Role.SUPPORT: frozenset(
        {
            P.USE_OWN_ACCOUNT,
            P.VIEW_WORK_LIST,
            P.LOG_SESSIONS,
            P.VIEW_SESSIONS,
            P.VIEW_ACTIVITIES,
            P.VIEW_HANDOFFS,
            P.FOLLOW_UP,
            P.RECORD_DUTY,
            P.UNDO_CHANGES,
            P.VIEW_FIGURES,
        }
    ),
    Role.PROVINCE: frozenset(
        {
            P.USE_OWN_ACCOUNT,
            P.VIEW_WORK_LIST,
            P.VIEW_WARDS,
            P.VIEW_PEOPLE,
            P.EDIT_PEOPLE,
            P.PAIR_PEOPLE,
            P.EDIT_SUPPORT_POSTS,
            P.LOG_CONTACTS,
            P.IMPORT_ROSTERS,
            P.EXPORT_ROSTERS,
            P.VIEW_SESSIONS,
            P.REVIEW_SESSIONS,
            P.VIEW_ACTIVITIES,
            P.VIEW_HANDOFFS,
            P.FOLLOW_UP,
            P.UNDO_CHANGES,
            P.VIEW_AUDIT,
            P.VIEW_PROVINCE,
            P.MANAGE_TOPICS,
            P.MANAGE_PERIODS,
            P.MANAGE_TARGETS,
            P.VIEW_REQUESTS,
            P.VIEW_FIGURES,
        }
    ),
    # The administrator looks after the site and sees nothing of its citizens.
    Role.ADMIN: frozenset(
        {
            P.USE_OWN_ACCOUNT,
            P.MANAGE_ACCOUNTS,
            P.MANAGE_CATALOGUES,
            P.MANAGE_SETTINGS,
            P.VIEW_CHANGE_LOG,
            P.VIEW_SYSTEM,
            P.UNDO_CHANGES,
        }
    ),
}

# These take back what they did themselves and nothing that others did: support staff must not undo
# their leader's work, and the administrator none of what was done about citizens.
UNDOING_OWN_ACTIONS_ONLY = frozenset({Role.SUPPORT, Role.ADMIN})

# A report once closed is answered by reopening it, which is logged and leaves its figures.
NEVER_UNDONE_KINDS = frozenset({"period_changed", "period_closed", "period_reopened"})

# The kinds of action (see `app.services.transaction`) that look after the site. Nobody but who did
# one takes it back, whatever the scope: it belongs to no ward, thus not to the province either.
ADMINISTRATION_KINDS = frozenset(
    {
        "account_created",
        "account_disabled",
        "account_enabled",
        "account_handed_over",
        "account_link_issued",
        "account_renamed",
        "catalogue_entry_added",
        "catalogue_entry_edited",
        "demo_loaded",
        "first_administrator_created",
        "grant_added",
        "grant_ended",
        "password_changed",
        "password_set_by_link",
        "password_set_by_operator",
        "setting_changed",
    }
)

# Nobody takes these back: a link that was switched off, or replaced, never opens again.
LASTING_KINDS = frozenset({"mentor_link_ended", "mentor_link_issued"})
