"""A made-up list of the whole province, as large as one asks for, to measure the import with."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from xlsxwriter.workbook import Workbook

from app.demonstration.names import NameParts, read_names
from models.enums import Gender

Value = str | int | date | None

WARDS_FILE = Path(__file__).resolve().parents[1] / "data" / "wards.csv"
HEADINGS = (
    "Họ và tên",
    "Vai trò",
    "Năm sinh",
    "Giới tính",
    "Điện thoại",
    "Xã/phường",
    "Thôn/làng/tổ",
    "Mentor phụ trách",
    "Điện thoại mentor",
    "Nhóm đối tượng",
    "Ngôn ngữ",
    "Ngày bắt đầu",
    "Ngày kết thúc",
    "Lý do",
    "Sức nhận",
    "Đồng ý",
    "Ghi chú",
)
MENTEES_OF_ONE = 6
SUPPORT_SHARE = 0.02
PEOPLES, PEOPLE_SHARES = ("kinh", "jrai", "bahnar", "cham_hroi", "hre"), (60, 22, 14, 2, 2)
GENDERS, GENDER_WORDS = (Gender.FEMALE, Gender.MALE), {Gender.FEMALE: "Nữ", Gender.MALE: "Nam"}
GROUPS = ("Người cao tuổi", "Nông dân", "Người cao tuổi; Nông dân", "Hộ nghèo", "Học sinh")
LANGUAGES = {"jrai": "Jrai", "bahnar": "Bahnar", "cham_hroi": "Chăm H'roi", "hre": "Hrê"}
FIRST_DAY, DAYS, LAST_DAY = date(2025, 9, 1), 300, date(2026, 8, 1)
MOBILE_PREFIXES = ("032", "035", "039", "070", "083", "090", "091", "096", "098")
# One row in this many is wrong, in one way after another.
ROWS_PER_ERROR = 1_000


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One row of the list."""

    name: str
    role: str
    ward: str
    born: int
    gender: Gender
    people: str
    phone: str | None = None
    hamlet: str | None = None
    mentor: str | None = None
    mentor_phone: str | None = None
    groups: str | None = None
    started_on: Value = None
    ended_on: Value = None
    reason: str | None = None
    capacity: int | None = None
    consent: str | None = None
    note: str | None = None

    def cells(self) -> Sequence[Value]:
        """Return the cells below `HEADINGS`."""
        return (
            self.name,
            self.role,
            self.born,
            GENDER_WORDS[self.gender],
            self.phone,
            self.ward,
            self.hamlet,
            self.mentor,
            self.mentor_phone,
            self.groups,
            LANGUAGES.get(self.people),
            self.started_on,
            self.ended_on,
            self.reason,
            self.capacity,
            self.consent,
            self.note,
        )


def write_roster(path: Path, rows: int, seed: int) -> None:
    """Write an .xlsx with `rows` people over all wards: of 100 some 14 mentors and 84 mentees.

    The columns are those of the program's own template. Half have a phone, some a group, a
    language, a consent; one row in a thousand is in error. The same seed writes the same people.
    Texts stand where Excel puts them: each once, in the table of strings that all cells share.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(path, options) as book:
        sheet = book.add_worksheet("Danh sách")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, HEADINGS)
        for index, person in enumerate(_listed(rows, seed), start=1):
            for column, value in enumerate(person.cells()):
                if isinstance(value, date):
                    sheet.write_datetime(index, column, value, day)
                elif value is not None:
                    sheet.write(index, column, value)


def _listed(rows: int, seed: int) -> Iterator[ListedPerson]:
    wards = _ward_names()
    maker = _ListMaker(Random(seed), read_names())
    for place, ward in enumerate(wards):
        size = rows * (place + 1) // len(wards) - rows * place // len(wards)
        yield from maker.ward(ward, size)


def _ward_names() -> list[str]:
    """Return «xã Ia Dom» for each ward: bare names are not unique."""
    with WARDS_FILE.open(encoding="utf-8", newline="") as file:
        return [f"{row['kind']} {row['name']}" for row in csv.DictReader(file)]


class _ListMaker:
    def __init__(self, rng: Random, names: NameParts) -> None:
        self.rng = rng
        self.names = names
        self.made = 0

    def ward(self, ward: str, size: int) -> Iterator[ListedPerson]:
        """Yield the people of one ward, some mentees before the mentors whom they name."""
        support = round(size * SUPPORT_SHARE)
        mentors = [self._mentor(ward) for _ in range((size - support) // (MENTEES_OF_ONE + 1))]
        mentees = [
            self._mentee(ward, mentors[place % len(mentors)] if mentors else None)
            for place in range(size - support - len(mentors))
        ]
        listed = [*(self._person(ward, "hỗ trợ") for _ in range(support)), *mentors, *mentees]
        if size % 2:
            self.rng.shuffle(listed)
        yield from self._with_errors(listed)

    def _person(self, ward: str, role: str) -> ListedPerson:
        rng = self.rng
        people = rng.choices(PEOPLES, PEOPLE_SHARES)[0]
        gender = rng.choice(GENDERS)
        return ListedPerson(
            name=self.names.person(rng, people, gender),
            role=role,
            ward=ward,
            born=rng.randint(1945, 2008),
            gender=gender,
            people=people,
            hamlet=f"Thôn {rng.randint(1, 8)}",
            started_on=FIRST_DAY + timedelta(days=rng.randrange(DAYS)),
        )

    def _mentor(self, ward: str) -> ListedPerson:
        return replace(
            self._person(ward, "mentor"),
            phone=self._phone(),
            born=self.rng.randint(1990, 2007),
            capacity=self.rng.choice((None, None, 6, 8, 10)),
        )

    def _mentee(self, ward: str, mentor: ListedPerson | None) -> ListedPerson:
        rng = self.rng
        has_consent = rng.random() < 0.3  # noqa: PLR2004 - a share, as everywhere below
        has_ended = rng.random() < 0.03  # noqa: PLR2004
        return replace(
            self._person(ward, "người học"),
            phone=self._phone() if rng.random() < 0.45 else None,  # noqa: PLR2004
            mentor=None if mentor is None else mentor.name,
            mentor_phone=None if mentor is None else mentor.phone,
            groups=rng.choice(GROUPS) if rng.random() < 0.35 else None,  # noqa: PLR2004
            ended_on=LAST_DAY if has_ended else None,
            reason="Hoàn thành" if has_ended else None,
            consent=f"Phiếu giấy {FIRST_DAY:%d/%m/%Y}" if has_consent else None,
            note="Cần hỗ trợ buổi tối" if rng.random() < 0.05 else None,  # noqa: PLR2004
        )

    def _phone(self) -> str:
        self.made += 1
        prefix = MOBILE_PREFIXES[self.made % len(MOBILE_PREFIXES)]
        return f"{prefix}{self.made // len(MOBILE_PREFIXES) * 37 % 10**7:07}"

    def _with_errors(self, listed: Iterable[ListedPerson]) -> Iterator[ListedPerson]:
        for person in listed:
            is_wrong = self.rng.random() * ROWS_PER_ERROR < 1
            yield self._wrong(person) if is_wrong else person

    def _wrong(self, person: ListedPerson) -> ListedPerson:
        return self.rng.choice(
            (
                replace(person, name="123"),
                replace(person, role="trưởng nhóm"),
                replace(person, born=58),
                replace(person, phone="09123"),
                replace(person, ward="xã Không Có"),
                replace(person, mentor="Người Không Có", mentor_phone=None, role="người học"),
                replace(person, started_on="31/02/2026"),
            )
        )
