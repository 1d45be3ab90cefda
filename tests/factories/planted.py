"""A site of honest records among which faults are planted: what the notices ought to find.

Deterministic by its seed. Honest are namesakes, families with one phone, busy mornings, paper lists
typed in later; planted are people typed twice and sessions that nobody gave one by one.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app import clock
from models import HelpSession, Mentee, Mentor, Person, Procedure, db
from models.enums import HelpMode, HelpResult
from models.names import fold, parse_phone
from tests.factories.accounts import AccountFactory
from tests.factories.base import any_ward
from tests.factories.network import any_period
from tests.factories.site import WARD_CODES

FAMILY = ("Nguyễn", "Trần", "Lê", "Rơ Châm", "Siu", "Ksor", "Đinh", "Rmah")
MIDDLE = ("Văn", "Thị", "Hữu", "Ngọc", "H'", "Y")
GIVEN = ("An", "Bình", "Lan", "Phước", "Hòa", "Tuấn", "Blơn", "Đức", "Mai", "Thảo", "Nhung", "Hiếu")


@dataclass
class PlantedSite:
    """Fills the database and remembers what was planted.

    `twins` are pairs of ids, `bursts` ids of the first sessions; both by the way they came about.
    """

    seed: int
    twins: dict[str, set[frozenset[int]]] = field(default_factory=dict)
    bursts: dict[str, set[int]] = field(default_factory=dict)

    def __post_init__(self):
        self.chance = random.Random(self.seed)  # noqa: S311  # reproducible, no secret
        self.wards = [any_ward(code) for code in WARD_CODES]
        self.procedures = db.session.query(Procedure).order_by(Procedure.id).all()
        self.period = any_period()
        self.accounts = [AccountFactory().id for _ in self.wards]
        self.phones = 0

    def fill(self):
        """Add honest records, then the planted ones, and commit."""
        for _ in range(600):
            self.register(self.name(), ward=self.chance.choice(self.wards))
        for ward in self.wards:
            self.add_families(ward)
            self.add_namesakes(ward)
            for days_ago in range(1, 22):
                self.add_busy_morning(ward, days_ago)
        self.plant_twins()
        self.plant_bursts()
        db.session.commit()

    # honest people ----------------------------------------------------------------------------

    def name(self):
        return " ".join(self.chance.choice(part) for part in (FAMILY, MIDDLE, GIVEN))

    def phone(self):
        self.phones += 1
        return parse_phone(f"09{self.phones:08d}")

    def year(self):
        return self.chance.randint(1945, 2008)

    def register(self, name, *, ward, **facts):
        """Register somebody; of five people one has no phone, of ten one's year is not known."""
        usual = {
            "phone": self.phone() if self.chance.random() < 0.8 else None,
            "birth_year": self.year() if self.chance.random() < 0.9 else None,
        }
        person = self.add(Person(full_name=name, **usual | facts))
        role = self.chance.choice((Mentee, Mentee, Mentee, Mentor))
        self.add(role(person=person, ward=ward, started_on=clock.today() - timedelta(days=40)))
        return person

    def add(self, row, entered_at=None, account=None):
        row.entered_at, row.entered_by_id = entered_at or clock.now() - timedelta(days=40), account
        db.session.add(row)
        return row

    def add_families(self, ward):
        for _ in range(8):
            phone = self.phone()
            for name in {self.name(), self.name(), self.name()}:
                self.register(name, ward=ward, phone=phone)

    def add_namesakes(self, ward):
        """Different people of one name and year: most with their own phones, some without one."""
        for phones in ((True, True), (True, True), (True, True), (True, False)):
            name, year = f"{self.name()} {self.chance.choice(GIVEN)}", self.year()
            for has_phone in phones:
                phone = self.phone() if has_phone else None
                self.register(name, ward=ward, phone=phone, birth_year=year)

    # planted people ---------------------------------------------------------------------------

    def plant_twins(self):
        for kind, facts_of, is_elsewhere in (
            ("accents dropped, same phone", self.same_phone, False),
            ("phone written otherwise", self.same_phone, False),
            ("phone left out, same year", self.same_year, False),
            ("next ward, same phone", self.same_phone, True),
            ("phone and year left out", self.bare, False),
            ("next ward, phone left out", self.same_year, True),
            ("a letter mistyped", self.same_phone, False),
        ):
            self.twins[kind] = set()
            for _ in range(12):
                self.plant_twin(kind, facts_of, is_elsewhere=is_elsewhere)

    def plant_twin(self, kind, facts_of, *, is_elsewhere):
        place = self.chance.randrange(len(self.wards) - 1)
        name = self.name()
        first = self.register(
            name, ward=self.wards[place], phone=self.phone(), birth_year=self.year()
        )
        if kind.startswith("accents"):
            name = fold(name).title()
        if kind.startswith("a letter"):
            name += "h"
        twin = self.register(name, ward=self.wards[place + is_elsewhere], **facts_of(first))
        db.session.flush()
        self.twins[kind].add(frozenset((first.id, twin.id)))

    def same_phone(self, first):
        number = first.phone[-9:]
        typed = f"+84 {number[:3]} {number[3:6]}.{number[6:]}"
        return {"phone": parse_phone(typed), "birth_year": None}

    def same_year(self, first):
        return {"phone": None, "birth_year": first.birth_year}

    def bare(self, _first):
        return {"phone": None, "birth_year": None}

    # sessions ---------------------------------------------------------------------------------

    def moment(self, days_ago, hour, minute=0):
        day = datetime.combine(clock.today(), datetime.min.time(), clock.LOCAL_ZONE)
        return day + timedelta(days=-days_ago, hours=hour, minutes=minute)

    def add_session(self, ward, entered_at, procedure, result=HelpResult.DONE):
        session = HelpSession(
            ward=ward,
            service_date=clock.local_date(entered_at),
            procedure=procedure,
            mode=HelpMode.TOGETHER,
            result=result,
            is_first_this_year=False,
            reported_in=self.period,
        )
        return self.add(session, entered_at, self.accounts[self.wards.index(ward)])

    def add_busy_morning(self, ward, days_ago):
        """Thirty visitors, a few minutes each, most for the three procedures of the season."""
        entered_at = self.moment(days_ago, 7, 30)
        for _ in range(30):
            procedure = self.chance.choice(self.procedures[:3] * 2 + self.procedures)
            done = HelpResult.DONE if self.chance.random() < 0.85 else HelpResult.UNFINISHED
            self.add_session(ward, entered_at, procedure, done)
            entered_at += timedelta(minutes=self.chance.randint(2, 12))

    def plant_bursts(self):
        for kind, days_ago, hour, count, seconds in (
            ("15 within 10 minutes", 3, 15, 15, 30),
            ("40 at once", 5, 16, 40, 2),
            ("12 in one night", 7, 22, 12, 1500),
            ("10 around midnight", 9, 23, 10, 700),
            ("12 in half an hour", 11, 15, 12, 150),
            ("8 within a minute", 13, 15, 8, 5),
        ):
            self.bursts[kind] = {
                self.plant_burst(ward, self.moment(days_ago, hour), count, seconds)
                for ward in self.wards
            }

    def plant_burst(self, ward, entered_at, count, seconds):
        procedure = self.chance.choice(self.procedures)
        sessions = [
            self.add_session(ward, entered_at + timedelta(seconds=seconds * turn), procedure)
            for turn in range(count)
        ]
        db.session.flush()
        return sessions[0].id
