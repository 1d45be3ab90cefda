"""One line for every route: with which arguments `test_access_matrix` visits it.

A new route needs a line in `ROUTES`, by its endpoint:

    "mentors.index": plain(),                            no arguments
    "mentors.show": in_ward(mentor_id=Place.mentor),     about something that belongs to a ward
    "accounts.show": on_site(account_id=Place.account),  about something that belongs to no ward
    "own_account.end_sign_in": of_reader(…),             about something of the reader alone
    "sign_in.show": anybody(200, 302),                   public, with the answers it may give

`answers=` replaces the statuses that a permitted reader may get (GET: 200, POST: 303 or 422), and
`but={Role.SUPPORT: {404}}` what one role gets instead. `query=` is for arguments behind the «?».
What belongs to a ward and is reached through another ward's reader must be a 404; that needs no
line of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from models.enums import Role
from tests.web.sample_things import Place, Thing


class Belongs(Enum):
    """Whose the thing is that a route is about."""

    NOBODY = auto()
    WARD = auto()
    SITE = auto()
    READER = auto()


@dataclass(frozen=True)
class Sample:
    """How a route is visited, and what a permitted reader may get."""

    belongs: Belongs
    arguments: Mapping[str, Thing]
    is_public: bool = False
    answers: frozenset[int] | None = None
    but: Mapping[Role, set[int]] = field(default_factory=dict)
    query: Mapping[str, Thing] = field(default_factory=dict)

    def giving(self, *statuses: int, but: Mapping[Role, set[int]] | None = None) -> "Sample":
        """Return the same sample with other answers."""
        return replace(self, answers=frozenset(statuses) or self.answers, but=but or self.but)


def plain(*answers: int, **query: Thing) -> Sample:
    return Sample(Belongs.NOBODY, {}, answers=frozenset(answers) or None, query=query)


def in_ward(*, query: Mapping[str, Thing] | None = None, **arguments: Thing) -> Sample:
    return Sample(Belongs.WARD, arguments, query=query or {})


def on_site(**arguments: Thing) -> Sample:
    return Sample(Belongs.SITE, arguments)


def of_reader(**arguments: Thing) -> Sample:
    return Sample(Belongs.READER, arguments)


def anybody(*answers: int, **arguments: Thing) -> Sample:
    return Sample(Belongs.NOBODY, arguments, is_public=True, answers=frozenset(answers))


ROUTES: dict[str, Sample] = {
    "account_hand_over.create": on_site(account_id=Place.granted_account),
    "account_hand_over.save": on_site(account_id=Place.granted_account),
    "account_links.of_account": on_site(account_id=Place.granted_account),
    "account_links.of_person": in_ward(role=Place.person_role, spell_id=Place.mentor),
    "account_links.save_of_account": on_site(account_id=Place.granted_account),
    "account_links.save_of_person": in_ward(role=Place.person_role, spell_id=Place.mentor),
    "accounts.create": plain(),
    "accounts.disable": on_site(account_id=Place.account),
    "accounts.edit": on_site(account_id=Place.account),
    "accounts.enable": on_site(account_id=Place.account),
    "accounts.ending_grant": on_site(account_id=Place.granted_account, grant_id=Place.grant),
    "accounts.index": plain(),
    "accounts.new_grant": on_site(account_id=Place.account),
    "accounts.save_grant": on_site(account_id=Place.account),
    "accounts.save_grant_end": on_site(account_id=Place.granted_account, grant_id=Place.grant),
    "accounts.save_new": plain(),
    "accounts.send_link": on_site(account_id=Place.account),
    "accounts.show": on_site(account_id=Place.account),
    "accounts.update": on_site(account_id=Place.account),
    "activities.confirm": in_ward(activity_id=Place.planned_activity),
    "activities.create": plain(),
    "activities.delete": in_ward(activity_id=Place.activity),
    "activities.edit": in_ward(activity_id=Place.activity),
    "activities.index": plain(),
    "activities.save": plain(),
    "activities.save_confirmation": in_ward(activity_id=Place.planned_activity),
    "activities.show": in_ward(activity_id=Place.activity),
    "activities.update": in_ward(activity_id=Place.activity),
    "activity_calendar.index": plain(),
    "activity_numbers.index": plain(),
    "assignment_drafts.decide": of_reader(draft_id=Place.draft, mentee_id=Place.drafted_mentee),
    "assignment_drafts.discard": of_reader(draft_id=Place.draft),
    "assignment_drafts.edit_mentor": of_reader(
        draft_id=Place.draft, mentee_id=Place.drafted_mentee
    ),
    "assignment_drafts.index": plain(),
    "assignment_drafts.publish": of_reader(draft_id=Place.draft),
    "assignment_drafts.save": plain(),
    "assignment_drafts.save_mentor": of_reader(
        draft_id=Place.draft, mentee_id=Place.drafted_mentee
    ),
    "assignment_drafts.show": of_reader(draft_id=Place.draft),
    "audit.index": plain(),
    "audit.report_json": plain(),
    "blank_areas.index": plain(),
    "bulk.create": in_ward(list_key=Place.list_key, word=Place.deed, query={"chon": Place.mentor}),
    "bulk.index": in_ward(list_key=Place.list_key, query={"chon": Place.mentor}),
    "bulk.save": in_ward(
        list_key=Place.list_key, word=Place.deed, query={"chon": Place.mentor}
    ).giving(200, 303, 422),
    "catalogues.create": on_site(catalogue=Place.catalogue),
    "catalogues.edit": on_site(catalogue=Place.catalogue, entry_id=Place.entry),
    "catalogues.index": plain(),
    "catalogues.save": on_site(catalogue=Place.catalogue, entry_id=Place.entry),
    "catalogues.save_new": on_site(catalogue=Place.catalogue),
    "catalogues.show": on_site(catalogue=Place.catalogue),
    "change_log.index": plain(),
    "charts.province": plain(),
    "charts.ward": in_ward(code=Place.ward),
    "class_sheets.index": plain(),
    "class_sheets.printed": plain(),
    "comparison.index": plain(),
    "consents.create": in_ward(role=Place.person_role, spell_id=Place.mentor),
    "consents.save": in_ward(role=Place.person_role, spell_id=Place.mentor),
    "consents.save_withdrawal": in_ward(role=Place.person_role, spell_id=Place.mentor),
    "consents.withdraw": in_ward(role=Place.person_role, spell_id=Place.mentor),
    "contact_sheets.edit": in_ward(mentor_id=Place.mentor),
    "contact_sheets.index": plain(),
    "contact_sheets.printed": plain(),
    "contact_sheets.save": in_ward(mentor_id=Place.guiding_mentor),
    "contacts.create": in_ward(mentor_id=Place.mentor),
    "contacts.index": plain(),
    "contacts.save": in_ward(mentor_id=Place.mentor),
    "contacts.save_all": in_ward(mentor_id=Place.mentor),
    "departures.index": plain(),
    "departures.mentor": in_ward(mentor_id=Place.mentor),
    "desk_figures.index": plain(),
    "desk_table.index": plain(),
    "desk_table.workbook": plain(),
    "duty.create": plain(),
    "duty.delete": in_ward(turn_id=Place.duty_turn),
    "duty.index": plain(),
    "duty_plan.confirm": plain(),
    "duty_plan.drop_leave": in_ward(leave_id=Place.duty_leave),
    "duty_plan.leave": plain(),
    "duty_plan.pattern": in_ward(post_id=Place.support_post),
    "duty_plan.save_holiday": plain(),
    "duty_plan.save_leave": plain(),
    "duty_plan.save_pattern": in_ward(post_id=Place.support_post),
    "figures.plot": on_site(name=Place.figure).giving(
        200, but={Role.WARD_LEADER: {403}, Role.SUPPORT: {403}}
    ),
    "figures.workbook": on_site(name=Place.figure).giving(
        200, but={Role.WARD_LEADER: {403}, Role.SUPPORT: {403}}
    ),
    "follow_ups.answer": in_ward(mentee_id=Place.taught_since),
    "follow_ups.index": plain(),
    "follow_ups.register_again": in_ward(mentee_id=Place.completed_mentee),
    "funnel.index": plain(),
    "funnel.people": plain(),
    "handoffs.create": in_ward(session_id=Place.help_session),
    "handoffs.index": plain(),
    "handoffs.save": in_ward(session_id=Place.help_session),
    "health.show": anybody(200),
    "help_sessions.create": plain(),
    "help_sessions.delete": in_ward(session_id=Place.help_session),
    "help_sessions.edit": in_ward(session_id=Place.help_session),
    "help_sessions.index": plain(),
    "help_sessions.save": plain(),
    "help_sessions.update": in_ward(session_id=Place.help_session),
    "history.index": plain(),
    "history.undo": in_ward(batch_id=Place.batch).giving(
        but={Role.SUPPORT: {404}, Role.ADMIN: {404}}
    ),
    "home.index": anybody(200, 302),
    "invitations.save": anybody(410, 422, token=Place.link),
    "invitations.show": anybody(200, 410, token=Place.link),
    "learning_offers.decline": in_ward(session_id=Place.help_session),
    "learning_offers.forget": in_ward(session_id=Place.help_session),
    "list_exports.activities": plain(),
    "list_exports.accounts": plain(),
    "list_exports.mentees": plain(),
    "list_exports.mentors": plain(),
    "list_exports.mentorships": plain(),
    "list_exports.sessions": plain(),
    "list_exports.support_posts": plain(),
    "mentees.create": plain(),
    "mentees.edit": in_ward(mentee_id=Place.mentee),
    "mentees.end": in_ward(mentee_id=Place.mentee),
    "mentees.index": plain(),
    "mentees.save": plain(),
    "mentees.save_end": in_ward(mentee_id=Place.mentee),
    "mentees.show": in_ward(mentee_id=Place.mentee),
    "mentees.update": in_ward(mentee_id=Place.mentee),
    "mentor_change.save": in_ward(mentorship_id=Place.mentorship),
    "mentor_change.show": in_ward(mentorship_id=Place.mentorship),
    "mentor_links.end": in_ward(mentor_id=Place.mentor),
    "mentor_links.save": in_ward(mentor_id=Place.mentor),
    "mentor_links.show": in_ward(mentor_id=Place.mentor),
    "mentor_pages.mark": anybody(303, token=Place.mentor_link, mentorship_id=Place.linked_pair),
    "mentor_pages.show": anybody(200, token=Place.mentor_link),
    "mentor_pages.take_back": anybody(
        404, token=Place.mentor_link, mentorship_id=Place.linked_pair
    ),
    "mentors.create": plain(),
    "mentors.edit": in_ward(mentor_id=Place.mentor),
    "mentors.end": in_ward(mentor_id=Place.mentor),
    "mentors.index": plain(),
    "mentors.save": plain(),
    "mentors.save_end": in_ward(mentor_id=Place.mentor),
    "mentors.show": in_ward(mentor_id=Place.mentor),
    "mentors.update": in_ward(mentor_id=Place.mentor),
    "offline.manifest": anybody(200),
    "offline.sending_worker": anybody(200),
    "offline.shell": anybody(200),
    "offline.worker": anybody(200),
    "moves.create": in_ward(role=Place.person_role, spell_id=Place.mentor),
    "moves.save": in_ward(role=Place.person_role, spell_id=Place.mentor),
    "own_account.edit_password": plain(),
    "own_account.end_other_sign_ins": plain(),
    "own_account.end_sign_in": of_reader(sign_in_id=Place.sign_in),
    "own_account.save_password": plain(),
    "own_account.sign_ins": plain(),
    "pairing.end": in_ward(mentorship_id=Place.mentorship),
    "pairing.index": plain(),
    "pairing.save": plain(xa=Place.ward),
    "pairing.save_end": in_ward(mentorship_id=Place.mentorship),
    "pauses.create": in_ward(role=Place.person_role, spell_id=Place.mentor),
    "pauses.save": in_ward(role=Place.person_role, spell_id=Place.mentor),
    "pauses.save_return": in_ward(
        role=Place.person_role, spell_id=Place.paused_mentor, pause_id=Place.pause
    ),
    "people.matches": on_site(role=Place.person_role).giving(200),
    "periods.close": on_site(code=Place.period),
    "periods.edit_days": on_site(code=Place.period),
    "periods.export": on_site(code=Place.period),
    "periods.index": plain(),
    "periods.reopen": on_site(code=Place.period),
    "periods.save_closing": on_site(code=Place.period),
    "periods.save_days": on_site(code=Place.period),
    "periods.save_reopening": on_site(code=Place.period),
    "periods.show": on_site(code=Place.period),
    "person_tags.edit": in_ward(role=Place.person_role, spell_id=Place.mentor),
    "person_tags.save": in_ward(role=Place.person_role, spell_id=Place.mentor),
    "plan_exports.recruitment": plain(),
    "people_search.ask": plain(303),
    "people_search.index": plain(),
    "plans.index": plain(),
    "plans.recruitment": plain(),
    "province.index": plain(),
    "province.messages": plain(),
    "province_map.index": plain(),
    "mentorships.index": plain(),
    "merging.choose": in_ward(person_id=Place.twin),
    "merging.find": in_ward(person_id=Place.twin).giving(200),
    "merging.merge": in_ward(person_id=Place.twin, other_id=Place.twin_of_twin),
    "merging.show": in_ward(person_id=Place.twin, other_id=Place.twin_of_twin),
    "recycle_bin.index": plain(),
    "recycle_bin.restore": in_ward(batch_id=Place.batch).giving(
        but={Role.SUPPORT: {404}, Role.ADMIN: {404}}
    ),
    "recycle_bin.restore_some": in_ward(batch_id=Place.batch).giving(
        but={Role.SUPPORT: {404}, Role.ADMIN: {404}}
    ),
    "recycle_bin.show": in_ward(batch_id=Place.batch).giving(
        but={Role.SUPPORT: {404}, Role.ADMIN: {404}}
    ),
    "reports.export": on_site(code=Place.period).giving(200, 422),
    "reports.export_ward": in_ward(code=Place.period, ward_code=Place.ward).giving(200),
    "reports.keep": on_site(code=Place.period),
    "reports.keep_ward": in_ward(code=Place.period, ward_code=Place.ward),
    "reports.show": on_site(code=Place.period),
    "reports.show_ward": in_ward(code=Place.period, ward_code=Place.ward),
    "reports.workbook": on_site(code=Place.period),
    "reviews.choose": in_ward(session_id=Place.burst),
    "reviews.confirm": in_ward(session_id=Place.burst),
    "reviews.delete": in_ward(session_id=Place.burst),
    "reviews.edit": in_ward(session_id=Place.burst),
    "reviews.people": in_ward(person_id=Place.twin),
    "reviews.sessions": in_ward(session_id=Place.burst),
    "reviews.tell_apart": in_ward(person_id=Place.twin),
    "reviews.update": in_ward(session_id=Place.burst),
    "roster_changes.edit": of_reader(import_id=Place.changing_import),
    "roster_changes.save": of_reader(import_id=Place.changing_import),
    "roster_changes.edit_all": of_reader(import_id=Place.changing_import),
    "roster_changes.save_all": of_reader(import_id=Place.changing_import),
    "roster_doubles.edit": of_reader(import_id=Place.doubtful_import),
    "roster_doubles.save": of_reader(import_id=Place.doubtful_import),
    "roster_export.show": plain(),
    "roster_headings.edit": of_reader(import_id=Place.asking_import),
    "roster_headings.save": of_reader(import_id=Place.asking_import),
    "roster_imports.apply": of_reader(import_id=Place.roster_import),
    "roster_imports.create": plain(),
    "roster_imports.discard": of_reader(import_id=Place.roster_import),
    "roster_imports.save": plain(),
    "roster_imports.show": of_reader(import_id=Place.roster_import),
    "roster_imports.template": plain(),
    "roster_rows.edit": of_reader(
        import_id=Place.rejected_row, sheet=Place.first_sheet, number=Place.second_row
    ),
    "roster_rows.save": of_reader(
        import_id=Place.rejected_row, sheet=Place.first_sheet, number=Place.second_row
    ),
    "saved_views.edit": of_reader(list_key=Place.list_key, view_id=Place.view),
    "saved_views.forget": of_reader(list_key=Place.list_key, view_id=Place.view),
    "saved_views.index": on_site(list_key=Place.list_key),
    "saved_views.rename": of_reader(list_key=Place.list_key, view_id=Place.view),
    "saved_views.save": on_site(list_key=Place.list_key),
    "session_bundles.create": plain(),
    "session_bundles.save": plain(),
    "session_lists.index": plain(),
    "settings.edit": on_site(key=Place.setting),
    "settings.index": plain(),
    "settings.save": on_site(key=Place.setting),
    "sign_in.save": anybody(422),
    "sign_in.show": anybody(200, 302),
    "sign_in.sign_out": anybody(303),
    "skill_classes.index": plain(),
    "skill_classes.save": in_ward(query={"mentor": Place.guiding_mentor}),
    "skills.complete": in_ward(mentee_id=Place.mentee),
    "skills.edit": in_ward(mentee_id=Place.mentee),
    "skills.edit_vneid": in_ward(mentee_id=Place.mentee),
    "skills.promote": in_ward(mentee_id=Place.completed_mentee),
    "skills.save": in_ward(mentee_id=Place.mentee),
    "skills.save_vneid": in_ward(mentee_id=Place.mentee),
    "support_posts.create": plain(),
    "support_posts.edit": in_ward(support_post_id=Place.support_post),
    "support_posts.end": in_ward(support_post_id=Place.support_post),
    "support_posts.index": plain(),
    "support_posts.save": plain(),
    "support_posts.save_end": in_ward(support_post_id=Place.support_post),
    "support_posts.show": in_ward(support_post_id=Place.support_post),
    "support_posts.update": in_ward(support_post_id=Place.support_post),
    "system.index": plain(),
    "timeline.pair": in_ward(mentorship_id=Place.mentorship),
    "timeline.person": in_ward(role=Place.person_role, spell_id=Place.mentor),
    "twinning.index": plain(),
    "unsent_sessions.save": plain(409),
    "unsent_sessions.show": plain(),
    "ward_network.show": in_ward(code=Place.ward),
    "ward_requests.accept": in_ward(request_id=Place.received_request),
    "ward_requests.create": plain(200, 302),
    "ward_requests.decline": in_ward(request_id=Place.received_request),
    "ward_requests.fulfil": in_ward(request_id=Place.accepted_request),
    "ward_requests.index": plain(),
    "ward_requests.save": plain(),
    "ward_requests.show": in_ward(request_id=Place.received_request),
    "ward_requests.withdraw": in_ward(request_id=Place.sent_request),
    "wards.own": plain(),
    "wards.show": in_ward(code=Place.ward),
    "target_sheets.apply": plain(),
    "target_sheets.create": plain(),
    "target_sheets.export": plain(),
    "target_sheets.preview": plain(),
    "target_sheets.template": plain(),
    "targets.create": plain(),
    "targets.edit": in_ward(target_id=Place.target),
    "targets.index": plain(),
    "targets.save": in_ward(target_id=Place.target),
    "targets.save_new": plain(),
    "targets.show": in_ward(target_id=Place.target),
    "targets.withdraw": in_ward(target_id=Place.target),
    "weekly_topics.create": plain(),
    "weekly_topics.delete": on_site(topic_id=Place.topic),
    "weekly_topics.edit": on_site(topic_id=Place.topic),
    "weekly_topics.index": plain(),
    "weekly_topics.save": on_site(topic_id=Place.topic),
    "weekly_topics.save_new": plain(),
    "what_if.index": plain(),
    "work_list.index": plain(),
}
