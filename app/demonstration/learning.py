"""What mentees of a ward can do: some are assessed again and again, some have a VNeID account.

Told last and by a chance of its own, so that the rest of the story is the same with and without.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from app.demonstration.rows import AssessmentRow, ConfirmationRow, SpellRow
from app.demonstration.story import WardStory
from models.enums import AssessmentSource, SkillLevel, VneidBasis

ASSESSED_SHARE, VNEID_SHARE = 0.5, 0.3
# By the codes of the shipped curriculum, in the order in which they are taught.
SKILLS = (
    "phone", "communication", "vneid", "safety", "public_services", "information", "cashless",
)  # fmt: skip
DAYS_BETWEEN = 45
ROUNDS = 2
# What is said first, and what becomes of it by the next time.
FIRST_LEVELS = {SkillLevel.NOT_YET: 4, SkillLevel.NEEDS_HELP: 4, SkillLevel.ABLE: 2}
NEXT_LEVEL = {SkillLevel.NOT_YET: SkillLevel.NEEDS_HELP, SkillLevel.NEEDS_HELP: SkillLevel.ABLE}

# «Mỗi tuần một kỹ năng số», from the week of today backwards: title and body.
TOPICS = (
    (
        "Nhận ra tin nhắn, cuộc gọi lừa đảo",
        "Cùng xem vài tin nhắn lừa đảo. Không bấm liên kết lạ.\nKhông đọc mã OTP cho ai.",
    ),
    (
        "Gọi video cho người thân",
        "Mở Zalo, chọn người, bấm biểu tượng máy quay.\nĐể người học tự bấm từ đầu đến cuối.",
    ),
)


class _Lesson(NamedTuple):
    """A mentee of the ward's own, with whom somebody of the ward learnt from a day on."""

    spell: SpellRow
    mentor: int
    since: date
    until: date


def tell_learning(story: WardStory, rng: Random) -> None:
    """Assess some of those who were taught, twice, and note who has a VNeID account."""
    for lesson in _lessons(story):
        if rng.random() < ASSESSED_SHARE:
            story.rows.assessments += _assessments(story, rng, lesson)
        if rng.random() < VNEID_SHARE:
            basis = rng.choice(list(VneidBasis))
            row = ConfirmationRow(lesson.spell.number, story.ward, basis, lesson.since)
            story.rows.confirmations.append(row)


def _lessons(story: WardStory) -> Iterator[_Lesson]:
    """Yield the latest pairing within the ward of each mentee who did not move."""
    latest = {pair.mentee: pair for pair in story.rows.mentorships}
    for spell in story.rows.mentees:
        pair = latest.get(spell.number)
        if pair is None or spell.ward != story.ward or spell.continues is not None:
            continue
        if pair.mentor_ward == story.ward:
            until = pair.ended_on or story.horizon
            yield _Lesson(spell, pair.mentor, pair.started_on, min(until, story.horizon))


def _assessments(story: WardStory, rng: Random, lesson: _Lesson) -> Iterator[AssessmentRow]:
    has_completed = lesson.spell.end_reason == "completed"
    known = rng.randint(3, len(SKILLS))
    levels = dict.fromkeys(SKILLS[:known], SkillLevel.NOT_YET)
    for skill in levels:
        levels[skill] = rng.choices(list(FIRST_LEVELS), list(FIRST_LEVELS.values()))[0]
    for number in range(ROUNDS):
        on = lesson.since + timedelta(days=DAYS_BETWEEN * number)
        if on > lesson.until:
            return
        for skill, level in levels.items():
            yield AssessmentRow(
                lesson.spell.number,
                story.ward,
                skill,
                SkillLevel.ABLE if has_completed and number else level,
                AssessmentSource.MENTOR,
                lesson.mentor,
                on,
            )
        levels = {
            skill: NEXT_LEVEL[level]
            for skill, level in levels.items()
            if level in NEXT_LEVEL and rng.random() < ASSESSED_SHARE
        }
