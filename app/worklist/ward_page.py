"""What the page of one ward shows: its state, its figures, its people, its work."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app import clock
from app.access.current import may, require_reader
from app.access.policy import Permission
from app.access.scope import WardScope
from app.finding_wording import capitalised, describe_last_entry, describe_state
from app.queries.accounts import list_led_wards
from app.queries.audit import audit_ward
from app.queries.follow_up_answers import FollowUpCounts, count_follow_ups
from app.queries.subjects import name_mentees, name_mentors, name_post_holders
from app.queries.wards import WardCard
from app.texts import _
from app.worklist.actions import ActionLink, Place, link_action
from app.worklist.items import WorkItem, work_items, written
from app.worklist.zalo import ward_link, ward_text
from graphs.audit import AuditedWard, AuditReport
from graphs.findings import ActionCode
from graphs.standing import WardStanding
from graphs.timeline import is_open, is_paused

SHORT_LIST = 10


class MentorLine(NamedTuple):
    """A mentor and the load; `guided` counts towards the floor, `open_now` against capacity."""

    id: int
    name: str
    guided: int
    guided_in_fact: int
    open_now: int
    capacity: int
    is_paused: bool


class WaitingLine(NamedTuple):
    """A mentee who waits, and for how many days."""

    id: int
    name: str
    since: date
    days: int


class PostLine(NamedTuple):
    """Somebody who helps at the desk."""

    id: int
    name: str
    started_on: date
    is_paused: bool


@dataclass(frozen=True, slots=True)
class WardPage:
    """One ward as of a day; the lists of people are cut after the first ten, the totals are not."""

    card: WardCard
    report: AuditReport
    ward: AuditedWard
    state: str
    last_entry: str
    has_leader: bool
    start: ActionLink | None
    items: list[WorkItem]
    mentors: list[MentorLine]
    mentors_total: int
    waiting: list[WaitingLine]
    posts: list[PostLine]
    follow_ups: FollowUpCounts
    zalo_text: str

    @property
    def title(self) -> str:
        """The ward's name as a heading."""
        return capitalised(self.card.full_name)


def make_ward_page(scope: WardScope, card: WardCard, day: date, *, is_past: bool) -> WardPage:
    """Audit the ward as of a day and put its page together; a past day has no buttons."""
    report, standing = audit_ward(scope, card.id, day)
    ward = report.wards[0]
    last_entry_on = standing.row.last_entry_on
    silent_for = None if last_entry_on is None else (day - last_entry_on).days
    names_in = require_reader().scope_for(Permission.VIEW_PEOPLE)
    return WardPage(
        card=card,
        report=report,
        ward=ward,
        state=describe_state(ward),
        last_entry=describe_last_entry(silent_for),
        has_leader=card.code in list_led_wards(scope.narrowed_to(card.id), today=clock.today()),
        start=None if is_past else link_action(ActionCode.IMPORT_ROSTER, Place(card.code), may),
        items=work_items(scope, report, report.findings[:SHORT_LIST], with_actions=not is_past),
        mentors=_mentors(names_in, standing),
        mentors_total=len(standing.mentors),
        waiting=_waiting(names_in, standing, day),
        posts=_posts(names_in, standing, day),
        follow_ups=count_follow_ups(scope.narrowed_to(card.id), date(day.year, 1, 1), day),
        zalo_text=ward_text(report, ward, card, ward_link(card.code)),
    )


def _mentors(names_in: WardScope, standing: WardStanding) -> list[MentorLine]:
    """Those furthest from the floor first, the paused last."""
    by_need = sorted(
        standing.mentors, key=lambda mentor: (mentor.is_paused, mentor.guided, mentor.row.id)
    )[:SHORT_LIST]
    names = name_mentors(names_in, [mentor.row.id for mentor in by_need])
    return [
        MentorLine(
            id=mentor.row.id,
            name=written(names.get(mentor.row.id)) or _("Mentor số %(id)s", id=mentor.row.id),
            guided=mentor.guided,
            guided_in_fact=mentor.guided_in_fact,
            open_now=mentor.open_mentorships,
            capacity=mentor.row.capacity,
            is_paused=mentor.is_paused,
        )
        for mentor in by_need
    ]


def _waiting(names_in: WardScope, standing: WardStanding, day: date) -> list[WaitingLine]:
    """Those who wait longest first."""
    waiting = sorted(
        (mentee.waiting_since, mentee.row.id)
        for mentee in standing.waiting_mentees
        if mentee.waiting_since is not None
    )[:SHORT_LIST]
    names = name_mentees(names_in, [mentee_id for _since, mentee_id in waiting])
    return [
        WaitingLine(
            id=mentee_id,
            name=written(names.get(mentee_id)) or _("Người học số %(id)s", id=mentee_id),
            since=since,
            days=(day - since).days,
        )
        for since, mentee_id in waiting
    ]


def _posts(names_in: WardScope, standing: WardStanding, day: date) -> list[PostLine]:
    posts = [post for post in standing.posts if is_open(post, day)]
    names = name_post_holders(names_in, [post.id for post in posts])
    return [
        PostLine(
            id=post.id,
            name=written(names.get(post.id)) or _("Nhân sự số %(id)s", id=post.id),
            started_on=post.started_on,
            is_paused=is_paused(post, day),
        )
        for post in posts
    ]
