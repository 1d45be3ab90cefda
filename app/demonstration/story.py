"""The story of one ward while it is being told: its dates, its chance, and the people in it."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from app.demonstration.names import NameParts, phone_of
from app.demonstration.places import KINH, LANGUAGE_OF, name_hamlets
from app.demonstration.plan import WardPlan
from app.demonstration.rows import HamletRow, Numbers, PersonRow, WardRows
from models.enums import ConsentMethod, Gender

YEAR_OF_DAYS = 360
SILENT_FOR_DAYS = 45
LATEST_ENTRY_DAYS = 6
GUARDIAN_AGE = 16
ELDERLY_AGE = 60
WITH_PHONE = {"mentor": 1.0, "support": 1.0, "mentee": 0.78}
AGES = {
    "mentor": ((18, 35),),
    "support": ((23, 45),),
    "mentee": ((60, 82), (36, 59), (19, 35), (12, 15)),
}
AGE_SHARES = {"mentor": (1,), "support": (1,), "mentee": (42, 43, 12, 3)}
COMMON_GROUPS = (("farmer", 0.4), ("trader", 0.12), ("manual_worker", 0.2), ("poor", 0.1))
RARE_GROUPS = (("near_poor", 0.08), ("disabled", 0.03), ("remote", 0.1))
# Which tags people of a role carry, every how-manieth of them: by number, so nothing is drawn.
TAGS = {
    "mentor": (("community_team", 2), ("volunteer_team", 5)),
    "mentee": (("digital_family", 7), ("digital_market", 11)),
    "support": (("online_service_team", 2),),
}
METHODS = (ConsentMethod.PAPER, ConsentMethod.SPOKEN, ConsentMethod.MESSAGE)


@dataclass(slots=True)
class WardStory:
    """`horizon` is the last day on which anything happens or is typed in: today, or long ago.

    `desk_days` are the first and the last day with sessions, where the ward ever had support.
    """

    plan: WardPlan
    today: date
    rng: Random
    names: NameParts
    numbers: Numbers
    rows: WardRows = field(default_factory=WardRows)
    hamlets: dict[str, list[int]] = field(default_factory=dict)
    desk_days: tuple[date, date] | None = None

    @property
    def ward(self) -> str:
        return self.plan.place.code

    @property
    def horizon(self) -> date:
        return self.days_ago(SILENT_FOR_DAYS) if self.plan.profile.is_silent else self.today

    def days_ago(self, days: int) -> date:
        """The day so many days before today."""
        return self.today - timedelta(days=days)

    def before(self, least: int, most: int) -> date:
        """A day between `most` and `least` days before the horizon."""
        return self.horizon - timedelta(days=self.rng.randint(least, most))

    def between(self, first: date, last: date) -> date:
        """A day of the span, both ends included; the last one when the span is empty."""
        return last - timedelta(days=self.rng.randint(0, max(0, (last - first).days)))

    def chance(self, share: float) -> bool:
        """True in that share of cases."""
        return self.rng.random() < share

    def entered(self, day: date) -> date:
        """When a row of that day was typed in: mostly at once, now and then some days later."""
        late = self.rng.randint(1, LATEST_ENTRY_DAYS) if self.chance(0.15) else 0
        return min(day + timedelta(days=late), self.horizon)

    def settle(self) -> None:
        """Make the hamlets."""
        first_day = self.horizon - timedelta(days=YEAR_OF_DAYS)
        numbers: dict[str, int] = {}
        for people, names in name_hamlets(self.rng, self.plan.place, self.names).items():
            for name in names:
                if name not in numbers:
                    numbers[name] = next(self.numbers.hamlets)
                    self.rows.hamlets.append(HamletRow(numbers[name], self.ward, name, first_day))
            self.hamlets[people] = [numbers[name] for name in names]

    def meet(self, role: str, day: date) -> int:
        """Make a person who is registered on a day as `mentor`, `mentee` or `support`."""
        rng = self.rng
        people = self.plan.place.choose_people(rng)
        gender = rng.choice((Gender.FEMALE, Gender.FEMALE, Gender.MALE))
        age = rng.randint(*rng.choices(AGES[role], AGE_SHARES[role])[0])
        number = next(self.numbers.persons)
        needs_guardian = age <= GUARDIAN_AGE
        self.rows.persons.append(
            PersonRow(
                number=number,
                ward=self.ward,
                full_name=self.names.person(rng, people, gender),
                birth_year=self.today.year - age,
                gender=gender,
                phone=phone_of(number) if self.chance(WITH_PHONE[role]) else None,
                hamlet=rng.choice(self.hamlets[people]),
                languages=self._languages(role, people),
                groups=self._groups(role, people, gender, age),
                tags=tuple(tag for tag, nth in TAGS[role] if number % nth == 0),
                consent_method=ConsentMethod.PAPER if needs_guardian else rng.choice(METHODS),
                guardian_name=self.names.person(rng, people, Gender.FEMALE)
                if needs_guardian
                else None,
                entered_on=day,
            )
        )
        return number

    def _languages(self, role: str, people: str) -> tuple[str, ...]:
        own = LANGUAGE_OF[people]
        speaks_vietnamese = people == KINH or role != "mentee" or self.chance(0.65)
        return tuple(dict.fromkeys((own, "vi"))) if speaks_vietnamese else (own,)

    def _groups(self, role: str, people: str, gender: Gender, age: int) -> tuple[str, ...]:
        certain = {
            "ethnic_minority": people != KINH,
            "woman": role == "mentee" and gender is Gender.FEMALE and self.chance(0.3),
            "elderly": age >= ELDERLY_AGE,
            "pupil": age <= GUARDIAN_AGE,
        }
        groups = [group for group, belongs in certain.items() if belongs]
        if role == "mentee" and age > GUARDIAN_AGE:
            groups += [
                group for group, share in (*COMMON_GROUPS, *RARE_GROUPS) if self.chance(share)
            ]
        return tuple(groups)
