"""Lines of a work list about people who came from another ward, or are due back."""

from collections.abc import Sequence
from datetime import date

from flask import url_for

from app.access.current import may, require_reader
from app.access.policy import Permission
from app.access.scope import WardScope
from app.formatting import format_day
from app.queries.comings import Arrival, Return, list_arrivals, list_returns
from app.texts import _
from app.wording import person_role_label
from app.worklist.reminders import Reminder
from graphs.findings import Severity
from models.enums import PersonRole

# So many are named one by one; the rest is a number.
MOST_NAMED = 5
PAGES = {
    PersonRole.MENTOR: ("mentors.show", "mentor_id"),
    PersonRole.MENTEE: ("mentees.show", "mentee_id"),
    PersonRole.SUPPORT_POST: ("support_posts.show", "support_post_id"),
}
LISTS = {
    PersonRole.MENTOR: "mentors.index",
    PersonRole.MENTEE: "mentees.index",
    PersonRole.SUPPORT_POST: "support_posts.index",
}


def remind_of_comings(day: date) -> list[Reminder]:
    """Return the lines about arrivals and returns in the wards whose people the reader keeps.

    Whoever looks after the whole province is not told of each.
    """
    if not may(Permission.EDIT_PEOPLE):
        return []
    scope = require_reader().scope_for(Permission.EDIT_PEOPLE)
    if scope.is_everywhere:
        return []
    arrivals, returns = list_arrivals(scope, day), list_returns(scope, day)
    return [
        *(_of_arrival(scope, one) for one in arrivals[:MOST_NAMED]),
        *_of_rest(arrivals, _("%(count)s người khác cũng mới chuyển đến.")),
        *(_of_return(scope, one, day) for one in returns[:MOST_NAMED]),
        *_of_rest(returns, _("%(count)s người khác cũng đến ngày trở lại trong tuần.")),
    ]


def _of_arrival(scope: WardScope, arrival: Arrival) -> Reminder:
    advice = _("gặp để nhận việc")
    if arrival.role is PersonRole.MENTEE:
        advice = _("chọn mentor") if arrival.is_waiting else _("mentor cũ vẫn kèm")
    message = _(
        "%(role)s %(name)s mới chuyển từ %(ward)s đến – %(advice)s",
        role=person_role_label(arrival.role),
        name=arrival.full_name,
        ward=arrival.origin_name,
        advice=advice,
    )
    since = _("từ %(day)s", day=format_day(arrival.started_on))
    return _line(scope, arrival, message, since, is_due=arrival.is_waiting)


def _of_return(scope: WardScope, due: Return, day: date) -> Reminder:
    if due.due_on > day:
        words = _("%(role)s %(name)s nghỉ sắp hết hạn – hỏi có trở lại đúng ngày không")
    else:
        words = _("%(role)s %(name)s đã đến ngày trở lại – chưa trở lại thì ghi nghỉ tiếp")
    message = words % {"role": person_role_label(due.role), "name": due.full_name}
    since = _("trở lại ngày %(day)s", day=format_day(due.due_on))
    return _line(scope, due, message, since, is_due=due.due_on <= day)


def _line(
    scope: WardScope, person: Arrival | Return, message: str, since: str, *, is_due: bool
) -> Reminder:
    endpoint, id_name = PAGES[person.role]
    return Reminder(
        message,
        Severity.WARNING if is_due else Severity.NOTICE,
        _("Xem hồ sơ"),
        url_for(endpoint, **{id_name: person.spell_id}),  # type: ignore[arg-type]  # an id
        ward_name="" if scope.only_ward_id else person.ward_name,
        since_text=since,
    )


def _of_rest(people: Sequence[Arrival | Return], words: str) -> list[Reminder]:
    rest = people[MOST_NAMED:]
    if not rest:
        return []
    url = url_for(LISTS[rest[0].role])
    return [Reminder(words % {"count": len(rest)}, Severity.NOTICE, _("Mở danh sách"), url)]
