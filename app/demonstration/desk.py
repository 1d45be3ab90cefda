"""A ward's service centre: posts, duty turns, and the sessions with citizens."""

from datetime import date, time, timedelta

from app.demonstration.places import LANGUAGE_OF
from app.demonstration.profiles import Support
from app.demonstration.rows import DutyPatternRow, DutyRow, PauseRow, SessionRow, SpellRow
from app.demonstration.story import WardStory
from models.enums import HalfDay, HelpMode, HelpResult

LAST_WEEKDAY = 4
LARGE_WARD, HUGE_WARD = 30_000, 60_000
DUTY_WEEKS = 4
DUTY_WEEKDAYS = (0, 2, 4)
PERFORMED_FOR_SURE_DAYS = 10
# Halves of the week, from Monday morning: Monday to Wednesday, then Thursday and Friday.
PATTERNS = (range(6), range(6, 10))
LATEST_TYPED_IN_DAYS = 9

PROCEDURES = {
    "certification": 18,
    "vneid": 16,
    "land": 12,
    "social_assistance": 11,
    "birth": 8,
    "residence": 8,
    "insurance": 7,
    "civil_extract": 5,
    "online_payment": 4,
    "dossier_lookup": 4,
    "marriage": 3,
    "death": 2,
    "digital_signature": 2,
    "vehicle": 2,
    "passport": 1,
    "other": 2,
}
OBSTACLES = {
    None: 20,
    "vneid_password": 24,
    "no_smartphone": 15,
    "language_literacy": 13,
    "sim": 10,
    "portal_error": 9,
    "payment_error": 4,
    "no_network": 4,
    "other": 3,
}
VISITOR_GROUPS = {"elderly": 0.35, "farmer": 0.3, "ethnic_minority": 0.2, "woman": 0.15}


def tell_desk(story: WardStory) -> None:
    """Add the posts with their duty turns, and the planned number of sessions."""
    if story.plan.profile.support is Support.NONE:
        return
    opened_on = story.before(200, 340)
    closed_on = _last_day_at_work(story)
    story.desk_days = opened_on, closed_on
    _open_posts(story, opened_on)
    _plan_duty(story, closed_on)
    _plan_weeks(story)
    workdays = _workdays(opened_on, closed_on)
    days = [closed_on] * min(1, story.plan.sessions)
    while len(days) < story.plan.sessions:
        # More towards the present: the desk became known by and by.
        days.append(workdays[int(len(workdays) * story.rng.random() ** 0.7)])
    for day in sorted(days):
        receive_visitor(story, day)


def receive_visitor(story: WardStory, day: date) -> int:
    """Add one session and return its number."""
    rng = story.rng
    number = next(story.numbers.sessions)
    is_today = day == story.today
    progress = 1 - (story.horizon - day).days / 400
    late = rng.randint(1, LATEST_TYPED_IN_DAYS) if story.chance(0.12) else 0
    story.rows.sessions.append(
        SessionRow(
            number=number,
            ward=story.ward,
            support_post=rng.choice(story.rows.support_posts).number,
            service_date=day,
            service_time=None
            if is_today
            else time(rng.choice((7, 8, 9, 10, 14, 15, 16)), rng.randint(0, 59)),
            procedure=rng.choices(list(PROCEDURES), list(PROCEDURES.values()))[0],
            obstacle=rng.choices(list(OBSTACLES), list(OBSTACLES.values()))[0],
            language=_language(story),
            mode=rng.choices(list(HelpMode), (0.12 + 0.2 * progress, 0.55, 0.35))[0],
            result=rng.choices(list(HelpResult), (85, 10, 5))[0],
            minutes=min(90, 4 + int(rng.expovariate(1 / 12))),
            is_first_this_year=story.chance(0.62),
            groups=tuple(group for group, share in VISITOR_GROUPS.items() if story.chance(share)),
            entered_on=min(day + timedelta(days=late), story.horizon),
        )
    )
    return number


def workday_before(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - LAST_WEEKDAY))


def _last_day_at_work(story: WardStory) -> date:
    match story.plan.profile.support:
        case Support.WORKING:
            day = story.before(1, 3)
        case Support.PAUSED:
            day = story.before(14, 18)
        case _:
            day = story.before(28, 60)
    return workday_before(day)


def _open_posts(story: WardStory, opened_on: date) -> None:
    population = story.plan.place.population
    how_many = 1 + (population > LARGE_WARD) + (population > HUGE_WARD)
    has_ended = story.plan.profile.support is Support.ENDED
    last_day = story.horizon - timedelta(days=20)
    for _ in range(how_many):
        person = story.meet("support", opened_on)
        number = next(story.numbers.support_posts)
        story.rows.support_posts.append(
            SpellRow(
                number=number,
                person=person,
                ward=story.ward,
                started_on=opened_on,
                entered_on=opened_on,
                ended_on=last_day if has_ended else None,
                end_reason="term_ended" if has_ended else None,
            )
        )
        if story.plan.profile.support is Support.PAUSED:
            since = story.horizon - timedelta(days=12)
            back = story.today + timedelta(days=50)
            story.rows.pauses.append(PauseRow(story.ward, since, back, since, support_post=number))


def _plan_duty(story: WardStory, closed_on: date) -> None:
    """Add the turns of the last weeks; after the last day at work none was performed."""
    for post in story.rows.support_posts:
        for days in range(DUTY_WEEKS * 7, 0, -1):
            day = story.horizon - timedelta(days=days)
            is_over = post.ended_on is not None and day >= post.ended_on
            if day.weekday() not in DUTY_WEEKDAYS or is_over:
                continue
            is_sure = days <= PERFORMED_FOR_SURE_DAYS or story.chance(0.9)
            half_day = story.rng.choice(list(HalfDay))
            story.rows.duty_turns.append(
                DutyRow(story.ward, post.number, day, half_day, is_sure and day <= closed_on, day)
            )


def _plan_weeks(story: WardStory) -> None:
    """Give who still serves a weekly pattern: the first Monday to Wednesday, others the rest.

    Where one alone serves, half-days stay open, as they do in such wards.
    """
    serving = [post for post in story.rows.support_posts if post.ended_on is None]
    for place, post in enumerate(serving):
        for week_half in PATTERNS[min(place, len(PATTERNS) - 1)]:
            story.rows.duty_patterns.append(
                DutyPatternRow(post.number, week_half, max(post.started_on, story.horizon))
            )


def _language(story: WardStory) -> str:
    return "vi" if story.chance(0.6) else LANGUAGE_OF[story.plan.place.choose_people(story.rng)]


def _workdays(first: date, last: date) -> list[date]:
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if day.weekday() <= LAST_WEEKDAY]
