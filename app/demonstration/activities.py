"""What a ward does together: classes, house visits and campaigns, held and planned.

Told last and by a chance of its own, so that the rest of the story is the same with and without.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from app.demonstration.rows import ActivityRow, ContactRow
from app.demonstration.story import WardStory
from models.enums import ActivityKind

# Of the weeks with meetings, so many had an activity as well; of the wards at work, so many plan.
HELD_SHARE, PLANNED_SHARE = 0.3, 0.6
KINDS = {
    ActivityKind.COMMUNITY_CLASS: 8,
    ActivityKind.HOUSE_VISIT: 3,
    ActivityKind.YOUTH_CAMPAIGN: 2,
    ActivityKind.DIGITAL_FAMILY: 1,
    ActivityKind.DIGITAL_MARKET: 1,
}
TOPICS = {
    ActivityKind.COMMUNITY_CLASS: (
        "Cài và dùng VNeID",
        "Nộp hồ sơ trên Cổng dịch vụ công",
        "Thanh toán không dùng tiền mặt",
        "Nhận ra tin nhắn, cuộc gọi lừa đảo",
    ),
    ActivityKind.HOUSE_VISIT: ("Đến từng nhà hướng dẫn dùng VNeID",),
    ActivityKind.YOUTH_CAMPAIGN: ("Thanh niên giúp người dân nộp hồ sơ trực tuyến",),
    ActivityKind.LEARNING_DAY: ("Ngày hội học tập số 10/10",),
    ActivityKind.DIGITAL_FAMILY: ("Gia đình số: cả nhà cùng dùng",),
    ActivityKind.DIGITAL_MARKET: ("Quét mã để trả tiền ở chợ",),
}
PLACES = {
    ActivityKind.COMMUNITY_CLASS: ("Nhà văn hóa", "Hội trường UBND"),
    ActivityKind.HOUSE_VISIT: (None,),
    ActivityKind.YOUTH_CAMPAIGN: ("Trung tâm Phục vụ hành chính công",),
    ActivityKind.LEARNING_DAY: ("Sân trường",),
    ActivityKind.DIGITAL_FAMILY: ("Nhà văn hóa",),
    ActivityKind.DIGITAL_MARKET: ("Chợ",),
}
TAGS = {
    ActivityKind.HOUSE_VISIT: ("community_team",),
    ActivityKind.DIGITAL_FAMILY: ("digital_family",),
    ActivityKind.DIGITAL_MARKET: ("digital_market",),
}
# The day of digital transformation is celebrated around 10/10 (Kế hoạch 19/KH-UBND, II.1.3).
FESTIVAL = (10, range(5, 16))
FEWEST_TURNS, MOST_TURNS = 8, 35
AT_WORK_DAYS, AHEAD_DAYS = 14, 8


def tell_activities(story: WardStory, rng: Random) -> None:
    """Let some of the ward's mentors hold activities, and one of them plan the next."""
    meetings = [meeting for meeting in story.rows.contacts if meeting.ward == story.ward]
    learners = _learners(story)
    for meeting in _first_of_each_week(meetings):
        if rng.random() < HELD_SHARE:
            people = [learners[one] for one in meeting.mentorships if one in learners]
            story.rows.activities.append(_held(story, rng, meeting, tuple(dict.fromkeys(people))))
    latest = max(meetings, key=lambda meeting: meeting.service_date, default=None)
    if latest is None or latest.service_date < story.days_ago(AT_WORK_DAYS):
        return
    if _stays(story, latest.mentor) and rng.random() < PLANNED_SHARE:
        story.rows.activities.append(_planned(story, rng, latest.mentor))


def _first_of_each_week(meetings: list[ContactRow]) -> Iterator[ContactRow]:
    weeks: set[date] = set()
    for meeting in sorted(meetings, key=lambda one: (one.service_date, one.number)):
        monday = meeting.service_date - timedelta(days=meeting.service_date.weekday())
        if monday not in weeks:
            weeks.add(monday)
            yield meeting


def _held(
    story: WardStory, rng: Random, meeting: ContactRow, people: tuple[int, ...]
) -> ActivityRow:
    day = meeting.service_date
    month, days = FESTIVAL
    is_festival = day.month == month and day.day in days
    kind = ActivityKind.LEARNING_DAY if is_festival else _any_kind(rng)
    turns = max(len(people), rng.randint(FEWEST_TURNS, MOST_TURNS))
    elderly = rng.randint(0, turns // 2)
    return ActivityRow(
        number=next(story.numbers.activities),
        ward=story.ward,
        kind=kind,
        service_date=day,
        topic=rng.choice(TOPICS[kind]),
        place=rng.choice(PLACES[kind]),
        turns=turns,
        host=meeting.mentor,
        people=people,
        groups=(("elderly", elderly),) if elderly else (),
        tags=TAGS.get(kind, ()),
        entered_on=day,
    )


def _planned(story: WardStory, rng: Random, mentor: int) -> ActivityRow:
    kind = ActivityKind.COMMUNITY_CLASS
    return ActivityRow(
        number=next(story.numbers.activities),
        ward=story.ward,
        kind=kind,
        service_date=story.today + timedelta(days=rng.randrange(AHEAD_DAYS)),
        topic=rng.choice(TOPICS[kind]),
        place=rng.choice(PLACES[kind]),
        turns=None,
        host=mentor,
        people=(),
        groups=(),
        tags=(),
        entered_on=story.today,
    )


def _any_kind(rng: Random) -> ActivityKind:
    return rng.choices(list(KINDS), list(KINDS.values()))[0]


def _learners(story: WardStory) -> dict[int, int]:
    """Return by pairing the person who learns in it, of the ward's own mentees."""
    persons = {spell.number: spell.person for spell in story.rows.mentees}
    pairs = story.rows.mentorships
    return {pair.number: persons[pair.mentee] for pair in pairs if pair.mentee in persons}


def _stays(story: WardStory, mentor: int) -> bool:
    spell = next((one for one in story.rows.mentors if one.number == mentor), None)
    return spell is not None and spell.ended_on is None
