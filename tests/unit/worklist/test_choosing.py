"""Which findings and wards a page shows."""

from app.queries.wards import WardCard
from app.worklist.choosing import (
    FindingChoice,
    WardChoice,
    WardOrder,
    choose_findings,
    choose_wards,
    count_by_rule,
    count_urgent,
)
from app.worklist.zalo import province_text, ward_text
from graphs.findings import Rule, Severity, WardStatus
from models.enums import WardKind
from models.names import fold
from tests.factories.rows import (
    OTHER_WARD,
    WARD,
    mentee_row,
    mentor_row,
    post_row,
    report_of,
    ward_row,
)

LINK = "https://vi-du.vn/xa/21553"
CARDS = [
    WardCard(1, WARD, "Quy Nhơn Bắc", WardKind.PHUONG, fold("Quy Nhơn Bắc")),
    WardCard(2, OTHER_WARD, "Đề Gi", WardKind.XA, fold("Đề Gi")),
]


def two_wards():
    """The first ward has one mentor alone and nobody at the desk, the second has no data."""
    silent = ward_row(
        code=OTHER_WARD, name="Đề Gi", has_data=False, last_entry_on=None, last_desk_on=None
    )
    return report_of(wards=[ward_row(), silent], mentors=[mentor_row()], mentees=[mentee_row()])


def test_findings_are_chosen_by_rule_severity_and_ward():
    findings = two_wards().findings

    critical = choose_findings(findings, FindingChoice(severity=Severity.CRITICAL))
    below = choose_findings(findings, FindingChoice(rule=Rule.MENTOR_BELOW_FLOOR))
    elsewhere = choose_findings(findings, FindingChoice(ward=OTHER_WARD))

    assert [finding.rule for finding in critical] == [Rule.WARD_WITHOUT_SUPPORT]
    assert [finding.rule for finding in below] == [Rule.MENTOR_BELOW_FLOOR]
    assert elsewhere == []


def test_rules_are_counted_in_order_of_precedence():
    findings = two_wards().findings

    assert count_by_rule(reversed(findings)) == [
        (Rule.WARD_WITHOUT_SUPPORT, 1),
        (Rule.MENTOR_BELOW_FLOOR, 1),
    ]
    assert count_urgent(findings) == 1


def test_wards_are_found_without_accents():
    chosen = choose_wards(two_wards().wards, CARDS, WardChoice(words="de gi"))

    assert [ward.card.code for ward in chosen] == [OTHER_WARD]


def test_wards_are_chosen_by_status_and_cause():
    wards = two_wards().wards

    silent = choose_wards(wards, CARDS, WardChoice(status=WardStatus.NO_DATA))
    unsupported = choose_wards(wards, CARDS, WardChoice(cause=Rule.WARD_WITHOUT_SUPPORT))

    assert [ward.card.code for ward in silent] == [OTHER_WARD]
    assert [ward.card.code for ward in unsupported] == [WARD]


def test_wards_stand_in_the_order_that_is_wanted():
    wards = two_wards().wards

    orders = {
        order: [ward.card.code for ward in choose_wards(wards, CARDS, WardChoice(order=order))]
        for order in WardOrder
    }

    assert orders == {
        WardOrder.URGENCY: [WARD, OTHER_WARD],
        WardOrder.NAME: [OTHER_WARD, WARD],
        WardOrder.WAITING: [WARD, OTHER_WARD],
    }


def test_the_text_for_zalo_tells_a_ward_by_figures_alone():
    report = two_wards()

    text = ward_text(report, report.wards[0], CARDS[0], LINK)

    assert text.splitlines() == [
        "Đại sứ số – phường Quy Nhơn Bắc",
        "Số liệu đến 30/06/2026",
        "Tình trạng: Thiếu người",
        "• Mentor: 1 người",
        "• Đủ 5 người học, trên giấy: 0/1 (0\u00a0%); thực chất: 0/1 (0\u00a0%)",
        "• Người học: 1 người, 1 người đang chờ mentor",
        "• Nhân sự hỗ trợ: chưa có",
        "• Hỗ trợ từ đầu năm: 0 lượt; 0 người lần đầu trong năm",
        "Việc cần làm: 2, trong đó 1 việc gấp",
        "- Chưa có nhân sự hỗ trợ: 1",
        "- Mentor chưa đủ người học: 1",
        f"Xem: {LINK}",
    ]


def test_the_text_for_zalo_comes_to_as_many_as_the_work_list():
    report = report_of(
        wards=[ward_row()], posts=[post_row()], mentors=[mentor_row()], mentees=[mentee_row()]
    )

    lines = ward_text(report, report.wards[0], CARDS[0], LINK).splitlines()

    assert len(report.findings) == 2
    assert lines[-4:-1] == [
        "Việc cần làm: 1, không có việc gấp",
        "- Mentor chưa đủ người học: 1",
        "Ngoài ra: 1 việc nên xem",
    ]


def test_the_text_for_zalo_says_that_a_ward_has_no_data():
    report = two_wards()

    assert "Chưa có dữ liệu" in ward_text(report, report.wards[1], CARDS[1], LINK)


def test_the_text_for_zalo_tells_the_province_with_its_base():
    lines = province_text(two_wards(), LINK).splitlines()

    assert "• Thiếu người: 1; cần chú ý: 0; chưa có dữ liệu: 1" in lines
    assert "• Có nhân sự hỗ trợ, trên giấy: 0/2 (0\u00a0%) xã, phường" in lines
