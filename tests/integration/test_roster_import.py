"""What importing a roster records: the same person, roles, mentors, and the same file again."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from app.access.scope import WardScope
from app.errors import LaterChangeError
from app.roster.staging import kept_rows
from app.services.undo_batch import undo_batch
from models import (
    Batch,
    Consent,
    Mentee,
    Mentor,
    MentorCapacity,
    Person,
    PersonGroup,
    RosterImport,
    RosterImportPart,
    db,
)
from models.enums import ConsentMethod, GroupBasis, ImportState, RowOutcome
from tests.factories.base import any_ward
from tests.factories.network import (
    ContactFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PersonFactory,
    SupportPostFactory,
)
from tests.factories.rosters import (
    Recorded,
    bring_in,
    errors,
    mentorships,
    outcomes,
    recorded,
    rows_file,
    warnings,
)
from tests.factories.workbooks import messy_roster

pytestmark = [
    pytest.mark.usefixtures("flask_app"),
    pytest.mark.usefixtures("midday"),
]
TODAY = date(2026, 3, 10)
GRAI = "23764"


@pytest.fixture
def midday():
    with time_machine.travel("2026-03-10T05:00:00Z", tick=False):
        yield


def test_a_messy_list_brings_in_everybody_and_who_teaches_whom():
    report = bring_in(messy_roster(ward="Quy Nhơn Bắc"))

    assert errors(report) == []
    assert recorded() == Recorded(8, 3, 5, 0, 4)
    assert mentorships() == [
        ("Ksor H'Thoan", "Rơ Châm Dih", TODAY, None),
        ("Ksor H'Thoan", "Đinh Thị Hrê", TODAY, None),
        ("Nguyễn Thị Hòa", "Lê Văn An", TODAY, None),
        ("Nguyễn Thị Hòa", "Lê Văn An", TODAY, None),
    ]


def test_the_same_messy_list_again_changes_nothing():
    content = messy_roster(ward="Quy Nhơn Bắc")
    bring_in(content)
    before = recorded()

    with time_machine.travel("2026-05-02T05:00:00Z"):
        report = bring_in(content)

    assert (set(outcomes(report)), report.is_written) == ({"unchanged"}, False)
    assert recorded() == before


def test_people_known_by_name_alone_are_not_doubled_by_the_same_list():
    content = rows_file(
        ["Rơ Châm Dih", "mentor"],
        ["Siu Blơ", "người học"],
        ["Siu Blơ", "mentor"],
        ["Kpă Nay", "hỗ trợ"],
    )
    bring_in(content)

    report = bring_in(content)

    assert outcomes(report) == ["unchanged"] * 4
    assert recorded() == Recorded(4, 2, 1, 1, 0)


@pytest.mark.parametrize(
    ("known", "row", "people"),
    [
        ({"phone": "+84912000001", "birth_year": None}, (None, "0912 000 001"), 1),
        ({"phone": "+84912000001", "birth_year": 1990}, (1991, "0912000001"), 1),
        ({"phone": None, "birth_year": 1990}, (1990, None), 1),
        ({"phone": None, "birth_year": 1990}, (1990, "0912000001"), 1),
        ({"phone": "+84912000001", "birth_year": 1990}, (1990, "0912000002"), 2),
        ({"phone": None, "birth_year": 1990}, (1991, None), 2),
        ({"phone": "+84912000001", "birth_year": None}, (None, None), 2),
        ({"phone": None, "birth_year": None}, (None, "0912000001"), 2),
    ],
)
def test_the_same_person_has_the_name_and_the_phone_or_else_the_year(known, row, people):
    MentorFactory(person=PersonFactory(full_name="Nguyễn Thị Hòa", **known))

    bring_in(rows_file(["nguyen thi hoà", "người học", *row]))

    assert recorded()[:3] == (people, 1, 1)


def test_the_same_name_and_phone_in_another_ward_is_another_person():
    MentorFactory(person=PersonFactory(full_name="Siu Phen", phone="+84912000001"))

    bring_in(rows_file(["Siu Phen", "mentor", None, "0912000001"]), ward_code=GRAI)

    assert recorded().people == 2


def test_one_phone_under_two_names_is_two_people_and_a_warning():
    report = bring_in(
        rows_file(
            ["Siu Phen", "mentor", None, "0912000001"], ["Siu Blơ", "người học", None, "0912000001"]
        )
    )

    assert recorded().people == 2
    assert warnings(report) == [
        (
            3,
            (
                "Số 0912 000 001 cũng là của Siu Phen (dòng 2). Được ghi là hai người; nếu nhập "
                "nhầm số thì sửa lại."
            ),
        )
    ]


def test_a_row_that_repeats_another_counts_once_and_is_reported():
    report = bring_in(
        rows_file(
            ["Siu Phen", "mentor", 1990],
            ["SIU PHEN", "mentor", 1990, "0912000001"],
            ["Siu Blơ", "mentor"],
        )
    )

    assert outcomes(report) == ["created", "duplicate", "created"]
    assert [row for row, _ in warnings(report)] == [3]
    assert recorded().people == 2


def test_two_roles_are_one_person():
    bring_in(
        rows_file(
            ["Siu Phen", "mentor", 1990],
            ["Siu Phen", "hỗ trợ", 1990],
            ["Siu Phen", "người học", 1990],
        )
    )

    assert recorded() == Recorded(1, 1, 1, 1, 0)


def test_a_role_starts_on_its_day_or_else_today_and_never_in_the_future():
    report = bring_in(
        rows_file(
            ["Siu Phen", "mentor", 1990, None, None, "05/01/2026"],
            ["Siu Blơ", "mentor", 1991],
            ["Siu Nay", "mentor", 1992, None, None, "11/03/2026"],
        ),
        only_good=True,
    )

    starts = sorted(row.started_on for row in db.session.scalars(select(Mentor)))
    assert starts == [date(2026, 1, 5), TODAY]
    assert [row for row, _ in errors(report)] == [4]


def test_a_mentorship_starts_at_the_later_of_both_starts():
    bring_in(
        rows_file(
            ["Rơ Châm Dih", "người học", 1958, None, "Siu Phen", "01/02/2026"],
            ["Siu Phen", "mentor", 1990, None, None, "05/01/2026"],
            ["Đinh Hrê", "người học", 1960, None, "siu phen", "01/12/2025"],
        )
    )

    assert mentorships() == [
        ("Siu Phen", "Rơ Châm Dih", date(2026, 2, 1), None),
        ("Siu Phen", "Đinh Hrê", date(2026, 1, 5), None),
    ]


def test_a_mentor_may_be_recorded_already_and_be_named_by_phone_across_wards():
    mentor = MentorFactory(person=PersonFactory(full_name="Siu Phen", phone="+84912000001"))
    content = rows_file(["Rơ Châm Dih", "người học", 1958, None, "0912 000 001"])

    bring_in(content, ward_code=GRAI)
    again = bring_in(content, ward_code=GRAI)

    assert mentorships() == [(mentor.person.full_name, "Rơ Châm Dih", TODAY, None)]
    assert outcomes(again) == ["unchanged"]


@pytest.mark.parametrize(
    ("mentors", "message"),
    [
        ([], "Không thấy mentor Siu Phen trong xã, phường này."),
        (
            [["Siu Phen", "mentor", 1990], ["Siu Phen", "mentor", 1991]],
            "Có 2 mentor khớp với Siu Phen.",
        ),
        ([["Siu Phen", "hỗ trợ", 1990]], "Không thấy mentor Siu Phen trong xã, phường này."),
        (
            [["Siu Phen", "mentor", "19x"]],
            "Mentor Siu Phen ở dòng 3 (trang “Sheet1”) chưa nhập được.",
        ),
    ],
)
def test_a_mentor_who_is_not_exactly_one_is_an_error_of_the_row(mentors, message):
    report = bring_in(rows_file(["Rơ Châm Dih", "người học", 1958, None, "Siu Phen"], *mentors))

    found = dict(errors(report))[2]
    assert found.startswith(message)
    assert recorded() == Recorded(0, 0, 0, 0, 0)


def test_two_mentors_of_one_name_are_told_apart_by_phone():
    report = bring_in(
        rows_file(
            ["Siu Phen", "mentor", 1990, "0912000001"],
            ["Siu Phen", "mentor", 1991, "0912000002"],
            ["Rơ Châm Dih", "người học", 1958, None, "Siu Phen - 0912000002"],
        )
    )

    assert errors(report) == []
    [pairing] = db.session.scalars(select(Mentor).where(Mentor.id == 2))
    assert pairing.person.birth_year == 1991
    assert recorded().mentorships == 1


def test_nobody_is_silently_given_another_mentor():
    mentee = PersonFactory(full_name="Rơ Châm Dih", birth_year=1958)
    MentorshipFactory(mentee=MenteeFactory(person=mentee))
    MentorFactory(person=PersonFactory(full_name="Siu Phen"))

    report = bring_in(rows_file(["Rơ Châm Dih", "người học", 1958, None, "Siu Phen"]))

    [(_, message)] = errors(report)
    assert message.startswith("Người này đang học với mentor khác. Kết thúc cặp đó")


def test_a_pairing_that_ended_since_is_not_begun_again_by_the_old_list():
    content = rows_file(
        ["Siu Phen", "mentor", 1990], ["Rơ Châm Dih", "người học", 1958, None, "Siu Phen"]
    )
    bring_in(content)
    from tests.factories.network import end_reason

    [pairing] = db.session.scalars(select(Mentee)).all()
    from models import Mentorship

    row = db.session.scalars(select(Mentorship)).one()
    row.ended_on, row.end_reason = date(2026, 4, 1), end_reason("mentor_changed")
    db.session.commit()

    with time_machine.travel("2026-05-02T05:00:00Z"):
        report = bring_in(content)

    assert outcomes(report) == ["unchanged", "unchanged"]
    assert recorded().mentorships == 1
    assert pairing is not None


def test_an_end_with_its_reason_closes_the_role_and_the_mentorship():
    headings = (
        "Họ và tên",
        "Vai trò",
        "Năm sinh",
        "Mentor phụ trách",
        "Từ ngày",
        "Đến ngày",
        "Lý do",
    )
    content = rows_file(
        ["Siu Phen", "mentor", 1990, None, "05/01/2026"],
        [
            "Rơ Châm Dih",
            "người học",
            1958,
            "Siu Phen",
            "10/01/2026",
            "01/03/2026",
            "hoàn thành, đã tự làm được",
        ],
        ["Đinh Hrê", "người học", 1960, None, "10/01/2026", "01/03/2026"],
        ["Siu Blơ", "người học", 1961, None, "10/01/2026", "01/03/2026", "Chán"],
        ["Siu Nay", "người học", 1962, None, None, "01/03/2026"],
        headings=headings,
    )

    report = bring_in(content, only_good=True)
    again = bring_in(content, only_good=True)

    ends = {row.person.full_name: row.end_reason.code for row in db.session.scalars(select(Mentee))}
    assert ends == {"Rơ Châm Dih": "completed", "Đinh Hrê": "other"}
    assert mentorships() == [("Siu Phen", "Rơ Châm Dih", date(2026, 1, 10), date(2026, 3, 1))]
    assert [row for row, _ in errors(report)] == [5, 6]
    assert outcomes(again)[:3] == ["unchanged"] * 3
    assert not again.is_written


@pytest.mark.parametrize(
    ("typed", "code"),
    [("Hoàn thành", "completed"), ("completed", "completed"), ("chuyển địa bàn", "moved")],
)
def test_a_reason_is_known_by_label_by_code_or_by_how_it_begins(typed, code):
    headings = ("Họ và tên", "Vai trò", "Từ ngày", "Đến ngày", "Lý do")
    row = ["Rơ Châm Dih", "người học", "10/01/2026", "01/03/2026", typed]

    bring_in(rows_file(row, headings=headings))

    assert db.session.scalars(select(Mentee)).one().end_reason.code == code


def test_an_error_that_other_rows_or_lists_tell_names_its_cell_too():
    headings = ("Mentor phụ trách", "Họ và tên", "Vai trò", "Từ ngày", "Đến ngày", "Lý do", "Xã")
    content = rows_file(
        ["Siu Phen", "Rơ Châm Dih", "người học"],
        [None, "Siu Blơ", "người học", "10/01/2026", "01/03/2026", "Chán"],
        [None, "Siu Nay", "người học", None, None, None, "Ia Grai"],
        headings=headings,
    )

    report = bring_in(content)

    places = [(p.row, p.column, p.heading) for p in report.plan.problems]
    assert places == [(2, "A", "Mentor phụ trách"), (3, "F", "Lý do"), (4, "G", "Xã")]


def test_a_role_that_overlaps_an_earlier_one_is_refused():
    person = PersonFactory(full_name="Siu Phen", birth_year=1990)
    MentorFactory(person=person, started_on=date(2026, 1, 5), ended_on=date(2026, 3, 1))

    report = bring_in(rows_file(["Siu Phen", "mentor", 1990, None, None, "01/02/2026"]))

    assert errors(report) == [
        (
            2,
            (
                "Người này đã là mentor từ 05/01/2026 đến 01/03/2026, trùng ngày với dòng này. Sửa "
                "ngày bắt đầu, hoặc ghi kết thúc vai trò cũ trước."
            ),
        )
    ]


def test_somebody_who_is_mentor_elsewhere_is_not_made_mentor_twice():
    person = PersonFactory(full_name="Siu Phen", birth_year=1990)
    SupportPostFactory(person=person)
    MentorFactory(person=person, ward=any_ward(GRAI))

    report = bring_in(rows_file(["Siu Phen", "mentor", 1990]))

    [(_, message)] = errors(report)
    assert message.startswith("Người này đã là mentor ở xã Ia Grai từ 05/01/2026 đến nay")


def test_an_open_role_with_another_start_stays_as_it_is_and_is_told():
    MentorFactory(person=PersonFactory(full_name="Siu Phen", birth_year=1990, phone=None))

    report = bring_in(rows_file(["Siu Phen", "mentor", 1990, "0912000001", None, "01/02/2026"]))

    assert outcomes(report) == ["unchanged"]
    assert [message.split(";")[0] for _, message in warnings(report)] == [
        "Tệp ghi số điện thoại 0912 000 001, phần mềm chưa có",
        "Tệp ghi ngày bắt đầu 01/02/2026, phần mềm đang ghi 05/01/2026",
    ]


def test_nothing_is_written_while_a_row_is_in_error():
    report = bring_in(
        rows_file(
            ["Siu Phen", "mentor", 1990], ["Siu Blơ", "mentor", None, "12"], ["Siu Nay", "???"]
        )
    )

    assert [row for row, _ in errors(report)] == [3, 4]
    assert (report.is_written, recorded()) == (False, Recorded(0, 0, 0, 0, 0))
    assert db.session.scalars(select(Batch)).all() == []


def test_only_the_good_rows_can_be_written_without_those_that_depend_on_bad_ones():
    report = bring_in(
        rows_file(
            ["Siu Phen", "mentor", 1990, "12"],
            ["Rơ Châm Dih", "người học", 1958, None, "Siu Phen"],
            ["Đinh Hrê", "người học", 1960],
        ),
        only_good=True,
    )

    assert outcomes(report) == ["rejected", "rejected", "created"]
    assert recorded() == Recorded(1, 0, 1, 0, 0)


@pytest.mark.parametrize(
    "ward",
    ["Ia Grai", "xã Ia Grai", "XÃ IA GRAI", "x. ia grai", "Xã Ia Grai, tỉnh Gia Lai", GRAI, 23764],
)
def test_a_ward_is_known_by_name_or_code(ward):
    headings = ("Họ và tên", "Vai trò", "Xã/phường")

    report = bring_in(rows_file(["Siu Phen", "mentor", ward], headings=headings), ward_code=GRAI)

    assert errors(report) == []
    assert db.session.scalars(select(Mentor)).one().ward.code == GRAI


def test_a_row_of_another_ward_than_the_chosen_one_is_an_error():
    headings = ("Họ và tên", "Vai trò", "Xã/phường")

    report = bring_in(
        rows_file(
            ["Siu Phen", "mentor", "Ia Grai"], ["Siu Blơ", "mentor", "Ia Grây"], headings=headings
        )
    )

    assert [message.split(".")[0] for _, message in errors(report)] == [
        "Dòng này ghi xã Ia Grai, khác phường Quy Nhơn Bắc đã chọn cho cả tệp",
        "Xã/phường “Ia Grây” không có hoặc ngoài phạm vi của bạn",
    ]


CONSENT_HEADINGS = ("Họ và tên", "Vai trò", "Năm sinh", "Nhóm đối tượng", "Đồng ý")


def test_sensitive_groups_are_kept_only_with_a_consent():
    report = bring_in(
        rows_file(
            ["Siu Phen", "người học", 1960, "Hộ nghèo; Nông dân", "Phiếu giấy 05/01/2026"],
            ["Siu Blơ", "người học", 1961, "DTTS; Nông dân; Người lạ"],
            headings=CONSENT_HEADINGS,
        )
    )

    kept = [
        (row.person.full_name, row.target_group.code, row.basis, row.basis_on)
        for row in db.session.scalars(select(PersonGroup).order_by(PersonGroup.id))
    ]
    assert kept == [
        ("Siu Phen", "poor", GroupBasis.PAPER_FORM, date(2026, 1, 5)),
        ("Siu Phen", "farmer", None, None),
        ("Siu Blơ", "farmer", None, None),
    ]
    assert [(row, message[:36]) for row, message in warnings(report)] == [
        (3, "Nhóm “Đồng bào dân tộc thiểu số” là "),
        (3, "Không nhận ra nhóm “Người lạ” nên kh"),
    ]
    consent = db.session.scalars(select(Consent)).one()
    assert (consent.method, consent.given_on) == (ConsentMethod.PAPER, date(2026, 1, 5))


def test_a_child_is_imported_but_the_consent_waits_for_the_guardian():
    report = bring_in(
        rows_file(
            ["Siu Phen", "người học", 2012, "Hộ nghèo", "Miệng 05/01/2026"],
            headings=CONSENT_HEADINGS,
        )
    )

    assert recorded().mentees == 1
    assert db.session.scalars(select(Consent)).all() == []
    assert db.session.scalars(select(PersonGroup)).all() == []
    assert warnings(report)[0][1].startswith("Người từ 16 tuổi trở xuống cần cha, mẹ")


def test_hamlets_are_found_or_made_and_capacity_counts_from_the_start():
    headings = ("Họ và tên", "Vai trò", "Năm sinh", "Thôn", "Sức nhận", "Ngày bắt đầu")

    bring_in(
        rows_file(
            ["Siu Phen", "mentor", 1990, "Làng Ốp", 3, "05/01/2026"],
            ["Siu Blơ", "mentor", 1991, "LÀNG ỐP"],
            headings=headings,
        )
    )

    people = db.session.scalars(select(Person)).all()
    assert [person.hamlet.name for person in people] == ["Làng Ốp", "Làng Ốp"]
    capacity = db.session.scalars(select(MentorCapacity)).one()
    assert (capacity.capacity, capacity.effective_on) == (3, date(2026, 1, 5))


def test_a_mentor_over_capacity_is_a_warning():
    headings = ("Họ và tên", "Vai trò", "Năm sinh", "Sức nhận", "Mentor phụ trách")

    report = bring_in(
        rows_file(
            ["Siu Phen", "mentor", 1990, 1],
            ["Siu Blơ", "người học", 1961, None, "Siu Phen"],
            ["Siu Nay", "người học", 1962, None, "Siu Phen"],
            headings=headings,
        )
    )

    assert warnings(report) == [
        (
            4,
            (
                "Mentor Siu Phen sẽ kèm 2 người, quá sức nhận 1. Vẫn nhập được; nên chuyển bớt "
                "người học sang mentor khác."
            ),
        )
    ]


def test_an_import_and_each_of_its_rows_are_kept():
    bring_in(rows_file(["Siu Phen", "mentor", 1990], ["Siu Phen", "mentor", 1990]))

    kept = db.session.scalars(select(RosterImport)).one()
    assert (kept.state, kept.file_name, len(kept.file_digest)) == (
        ImportState.APPLIED,
        "danh sách.xlsx",
        64,
    )
    parts = db.session.scalars(select(RosterImportPart.content).order_by(RosterImportPart.id))
    person = db.session.scalars(select(Person)).one()
    assert [(row.row_number, row.outcome, row.person_id) for row in kept_rows(parts)] == [
        (2, RowOutcome.CREATED, person.id),
        (3, RowOutcome.DUPLICATE, None),
    ]


def test_undoing_an_import_leaves_nobody_of_it_and_the_file_can_come_in_again():
    content = messy_roster(ward="Quy Nhơn Bắc")
    bring_in(content)
    batch = db.session.scalars(select(Batch)).one()

    undo_batch(WardScope.everywhere(), batch.id)

    assert recorded() == Recorded(0, 0, 0, 0, 0)
    assert db.session.scalars(select(RosterImport)).one().state is ImportState.DISCARDED
    bring_in(content)
    assert recorded().people == 8


def test_an_import_that_something_newer_depends_on_is_not_undone():
    bring_in(rows_file(["Siu Phen", "mentor", 1990]))
    batch_id = db.session.scalars(select(Batch.id)).one()
    ContactFactory(mentor=db.session.scalars(select(Mentor)).one())

    with pytest.raises(LaterChangeError):
        undo_batch(WardScope.everywhere(), batch_id)

    assert recorded().mentors == 1


@pytest.mark.parametrize("value", ["=1+1", "<b>An</b>", "😀", "A" * 3000, "\u200b", "a\x00b"])
def test_strange_values_never_break_an_import(value):
    headings = ("Họ và tên", "Vai trò", "Năm sinh", "Thôn", "Ghi chú", "Nhóm đối tượng", "Mentor")

    bring_in(
        rows_file([value] * 7, ["Siu Phen", "mentor", *[value] * 5], headings=headings),
        only_good=True,
    )

    assert recorded().people <= 2
