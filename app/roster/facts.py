"""What a row tells about a person beside name and role, and what of it may be kept."""

from collections.abc import Iterable, Iterator, Set

from app.exchange.records import RosterRow
from app.roster.network import NewFacts, RoleSpell, Someone
from app.roster.people import PeoplePool
from app.roster.words import Words
from models.enums import ConsentMethod, GroupBasis
from models.names import fold, format_phone
from models.person import GUARDIAN_AGE


def new_person(row: RosterRow, ward_id: int) -> Someone:
    """Return a person of whom only what identifies is known yet; `learn` adds the rest."""
    return Someone(
        row.full_name,
        fold(row.full_name),
        row.birth_year,
        row.phone,
        facts=NewFacts(ward_id, row),
    )


def learn(someone: Someone, row: RosterRow, words: Words, pool: PeoplePool) -> list[str]:
    """Add what a row tells to a person whom this file makes; return what could not be kept.

    A later row of the same person fills in what the earlier ones left open.
    """
    facts = someone.facts
    untold: list[str] = []
    if facts is None:
        return untold
    if someone.phone is None and row.phone is not None:
        pool.learn_phone(someone, row.phone)
    someone.birth_year = someone.birth_year or row.birth_year
    someone.gender = someone.gender or row.gender
    someone.hamlet = someone.hamlet or row.hamlet
    facts.note = facts.note or row.note
    if row.consent_method is not None:
        untold += _learn_consent(someone, facts, row)
    if row.groups:
        untold += _learn_groups(facts, row, words)
    if row.languages:
        untold += _learn_languages(facts, row, words)
    return untold


def doubtful_people(
    someone: Someone, row: RosterRow, ward_id: int, pool: PeoplePool, but: Set[Someone]
) -> list[Someone]:
    """Return who somebody new may be after all, those with the same phone first, `but` for some."""
    alike = [
        *_sharers(someone, row, pool),
        *(one for one in pool.namesakes(ward_id, someone.name_key) if not _is_apart(one, row)),
    ]
    return [one for one in alike if one is not someone and one not in but] if alike else alike


def doubts(someone: Someone, row: RosterRow, doubtful: Iterable[Someone]) -> Iterator[str]:
    """Yield what makes it doubtful that somebody new is a person apart, once of each kind."""
    told: set[bool] = set()
    for other in doubtful:
        is_namesake = other.name_key == someone.name_key
        if is_namesake in told:
            continue
        told.add(is_namesake)
        yield (
            f"Xã, phường này đã có người cùng tên {other.full_name}{_row_of(other)}. Được ghi "
            "là hai người; nếu là một, chọn ở bước xem trước, hoặc ghi năm sinh, số điện thoại "
            "giống nhau."
            if is_namesake
            else _say_shared(row, other)
        )


def shared_phone(someone: Someone, row: RosterRow, pool: PeoplePool) -> Iterator[str]:
    """Yield whose phone the row's is already, where that is somebody of another name."""
    yield from [_say_shared(row, other) for other in _sharers(someone, row, pool)[:1]]


def _sharers(someone: Someone, row: RosterRow, pool: PeoplePool) -> list[Someone]:
    found = pool.with_phone(row.phone) if row.phone is not None else ()
    return [one for one in found if one.name_key != someone.name_key]


def _say_shared(row: RosterRow, other: Someone) -> str:
    return (
        f"Số {format_phone(row.phone or '')} cũng là của {other.full_name}{_row_of(other)}."
        " Được ghi là hai người; nếu nhập nhầm số thì sửa lại."
    )


def differences(
    someone: Someone, spell: RoleSpell | None, row: RosterRow, *, of_person: bool = True
) -> Iterator[str]:
    """Yield where the file says something else than what is recorded, which stays as it is.

    Without `of_person` only of the role: what is said of the person can be taken over.
    """
    told = [
        ("năm sinh", row.birth_year, someone.birth_year),
        (
            "số điện thoại",
            row.phone and format_phone(row.phone),
            someone.phone and format_phone(someone.phone),
        ),
    ]
    if not of_person:
        told = []
    if spell is not None:
        told += [
            ("ngày bắt đầu", _day(row.started_on), _day(spell.started_on)),
            ("ngày kết thúc", _day(row.ended_on), _day(spell.ended_on)),
        ]
    for what, in_file, recorded in told:
        if in_file is not None and in_file != recorded:
            kept = f"phần mềm đang ghi {recorded}" if recorded else "phần mềm chưa có"
            yield (
                f"Tệp ghi {what} {in_file}, {kept}; giữ như đang có. Nếu tệp đúng, sửa ở trang của "
                "người này."
            )


def _learn_consent(someone: Someone, facts: NewFacts, row: RosterRow) -> Iterator[str]:
    if row.consent_method is None or row.consent_on is None or facts.consent is not None:
        return
    year = someone.birth_year
    if year is not None and row.consent_on.year - year <= GUARDIAN_AGE:
        yield (
            f"Người từ {GUARDIAN_AGE} tuổi trở xuống cần cha, mẹ hoặc người giám hộ đồng ý. Sự "
            "đồng ý chưa được ghi; bổ sung ở trang của người này sau khi nhập."
        )
        return
    facts.consent = (row.consent_method, row.consent_on)


def _learn_groups(facts: NewFacts, row: RosterRow, words: Words) -> Iterator[str]:
    for label in row.groups:
        group = words.group(label)
        if group is None:
            yield f"Không nhận ra nhóm “{label}” nên không ghi nhóm này."
        elif not group.is_sensitive:
            facts.group_bases[group.id] = None
        elif facts.consent is None:
            yield (
                f"Nhóm “{group.label}” là thông tin nhạy cảm nên không được ghi khi chưa có sự "
                "đồng ý. Ghi cách và ngày đồng ý ở cột Đồng ý, ví dụ “Phiếu giấy 12/03/2026”."
            )
        else:
            method, given_on = facts.consent
            is_paper = method is ConsentMethod.PAPER
            basis = GroupBasis.PAPER_FORM if is_paper else GroupBasis.CONSENT
            facts.group_bases[group.id] = (basis, given_on)


def _learn_languages(facts: NewFacts, row: RosterRow, words: Words) -> Iterator[str]:
    for label in row.languages:
        language_id = words.language_id(label)
        if language_id is None:
            yield f"Không nhận ra ngôn ngữ “{label}” nên không ghi ngôn ngữ này."
        else:
            facts.language_ids[language_id] = None


def _is_apart(other: Someone, row: RosterRow) -> bool:
    """Say whether a namesake surely differs: by the year of birth, else by the phone.

    Who has the year of birth of a namesake and another phone may have got a new one.
    """
    if other.birth_year is not None and row.birth_year is not None:
        return other.birth_year != row.birth_year
    return other.phone is not None and row.phone is not None


def _row_of(other: Someone) -> str:
    return "" if other.facts is None else f" (dòng {other.facts.row.row_number})"


def _day(day: object) -> str | None:
    return None if day is None else f"{day:%d/%m/%Y}"
