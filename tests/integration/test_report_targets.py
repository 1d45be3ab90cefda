"""The targets in a quarterly report: those in force at the cut-off, and frozen with the period."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document

from app.access.scope import WardScope
from app.exchange.workbook import read_workbook
from app.quarterly.files import ReportTexts, province_document, province_workbook, ward_document
from app.quarterly.letterhead import province_letterhead
from app.queries.period_figures import report_of
from app.queries.report_figures import Span, collect_report
from app.queries.reporting_periods import get_period, list_editions
from app.queries.settings import SiteSettings
from app.services.close_period import close_period
from models import Mentor, PlanTarget, ReportingPeriod, db
from models.enums import TargetIndicator
from tests.factories.base import any_ward
from tests.factories.network import MentorFactory, PlanTargetFactory

EVERYWHERE = WardScope.everywhere()
HEAD = province_letterhead("doan", SiteSettings())
FIRST, CUT_OFF, LATER = date(2025, 12, 15), date(2026, 3, 14), date(2026, 4, 1)
FOUR_WEEKS_BEFORE = date(2026, 2, 14)
WARD, OTHER_WARD = "21553", "23575"


@pytest.fixture(autouse=True)
def targets(flask_app):
    """Six mentors in one ward, four of them of the last 28 days; the plan wants 9 and 20."""
    db.session.add(ReportingPeriod(code="2026-Q1", started_on=FIRST, ended_on=date(2026, 3, 15)))
    db.session.query(PlanTarget).delete()
    db.session.commit()
    ward = any_ward(WARD)
    MentorFactory.create_batch(2, ward=ward, started_on=date(2026, 1, 5))
    MentorFactory.create_batch(4, ward=ward, started_on=date(2026, 3, 1))
    # In force at the cut-off are the second and the fourth: the third came into force after it.
    PlanTargetFactory(ward_id=ward.id, value=7, due_on=date(2026, 4, 11))
    PlanTargetFactory(
        ward_id=ward.id, value=9, due_on=date(2026, 4, 11), valid_from=date(2026, 2, 1)
    )
    PlanTargetFactory(
        ward_id=ward.id, value=99, due_on=date(2026, 4, 11), valid_from=date(2026, 3, 20)
    )
    PlanTargetFactory(value=20, due_on=date(2026, 4, 11))
    # Due before the period: the report of that one told it.
    PlanTargetFactory(value=5, due_on=date(2025, 12, 14), valid_from=date(2025, 1, 1))
    # Counts in its own year alone.
    PlanTargetFactory(indicator=TargetIndicator.SESSIONS, due_on=date(2027, 6, 30))
    # The network counts nothing towards it.
    PlanTargetFactory(indicator=TargetIndicator.VNEID, value=90)


def figures(scope=EVERYWHERE):
    period = get_period(EVERYWHERE, "2026-Q1")
    return collect_report(scope, Span(period.id, period.code, FIRST, CUT_OFF), LATER)


def mentors_on(day):
    """Counted row by row."""
    rows = db.session.query(Mentor).all()
    return sum(
        row.started_on <= day and (row.ended_on is None or row.ended_on > day) for row in rows
    )


def rows_of(content):
    tables = Document(BytesIO(content)).tables
    [found] = [one for one in tables if one.rows[0].cells[-1].text == "Nhận định"]
    return [[cell.text for cell in row.cells] for row in found.rows[1:]]


def test_the_report_tells_what_is_in_force_at_the_cut_off_with_what_is_reached_by_then():
    told = {one.ward_code: one for one in figures().targets}

    assert {code: one.value for code, one in told.items()} == {None: 20, WARD: 9}
    reached, before = mentors_on(CUT_OFF), mentors_on(FOUR_WEEKS_BEFORE)
    assert {(one.reached, one.gained) for one in told.values()} == {(reached, reached - before)}


def test_the_province_reads_target_reached_missing_and_whether_the_pace_is_kept():
    content = province_document(figures(), ReportTexts(), HEAD)

    # Four weeks left: 14 missing are 3.5 a week, and 3 missing 0.8; four weeks brought 1 a week.
    assert rows_of(content) == [
        [
            "Mentor đang hoạt động",
            "11/04/2026",
            "20",
            "6",
            "14",
            "Đang chậm tiến độ: cần 3,5 mentor mỗi tuần để kịp 11/04/2026; 4 tuần qua: 1.",
        ]
    ]
    text = [one.text for one in Document(BytesIO(content)).paragraphs]
    assert (
        "1 xã, phường có chỉ tiêu riêng, tổng số 1 chỉ tiêu: 1 chỉ tiêu đang kịp tiến độ." in text
    )
    assert any("áp dụng vào ngày chốt" in line for line in text)


def test_the_report_of_a_ward_has_its_own_targets():
    [row] = rows_of(ward_document(figures(), WARD, ReportTexts()))

    assert row[2:5] == ["9", "6", "3"]
    assert row[5].startswith("Đang kịp tiến độ: cần 0,8 mentor mỗi tuần")


def test_the_workbook_has_all_of_them_as_numbers():
    sheets = {one.name: one for one in read_workbook(province_workbook(figures()))}

    rows = sheets["Chỉ tiêu"].rows[-2:]
    assert [row[0] for row in rows] == ["", WARD]
    assert [row[4:7] for row in rows] == [[20, 6, 14], [9, 6, 3]]


def test_a_closed_quarter_tells_the_same_whatever_is_edited_later():
    close_period(EVERYWHERE, "2026-Q1")
    period = get_period(EVERYWHERE, "2026-Q1")
    before = report_of(EVERYWHERE, period, LATER)
    [edition] = list_editions(EVERYWHERE, period.id)

    PlanTargetFactory(value=500, due_on=date(2026, 4, 11), valid_from=date(2026, 3, 1))
    MentorFactory.create_batch(3, ward=any_ward(OTHER_WARD), started_on=date(2026, 3, 1))

    after = report_of(EVERYWHERE, period, LATER)
    assert after == before
    assert [one.value for one in after.targets] == [20, 9]
    assert [one.digest for one in list_editions(EVERYWHERE, period.id)] == [edition.digest]
    assert province_workbook(after) == province_workbook(before)


@pytest.mark.parametrize(("code", "values"), [(WARD, [9]), (OTHER_WARD, [])])
def test_a_reader_of_one_ward_gets_its_targets_alone_open_or_closed(code, values):
    scope = WardScope.of([any_ward(code).id])
    assert [one.value for one in figures(scope).targets] == values

    close_period(EVERYWHERE, "2026-Q1")

    closed = report_of(scope, get_period(scope, "2026-Q1"), LATER)
    assert [one.value for one in closed.targets] == values
