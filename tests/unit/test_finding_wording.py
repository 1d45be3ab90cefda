"""The sentences of findings: who, what is wrong by how much, what to do."""

from datetime import date

import pytest

from app.finding_wording import (
    ACTION_LABELS,
    RULE_DEFINITIONS,
    RULE_LABELS,
    SENTENCES,
    FindingWords,
    define_rules,
    describe_finding,
    describe_last_entry,
    describe_since,
    label_action,
)
from graphs.findings import ActionCode, Finding, Rule, Subject, SubjectKind
from graphs.rows import Thresholds

WORDS = FindingWords(
    "xã Ia Dom", "xã", waiting=2, mentor="Nguyễn Thị A", mentee="Ksor H'Thoan", pairs=8
)
WARD = Subject(SubjectKind.WARD, "23941")
MENTOR = Subject(SubjectKind.MENTOR, 12)
MENTEE = Subject(SubjectKind.MENTEE, 34)
PAIR = Subject(SubjectKind.MENTORSHIP, 56)
POST = Subject(SubjectKind.SUPPORT_POST, 78)
DAY = date(2026, 3, 5)
A = ActionCode
R = Rule


def finding(rule, subject, measured, expected, action, since=DAY):
    return Finding(rule, "23941", subject, measured, expected, since, action)


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (
            finding(R.WARD_WITHOUT_SUPPORT, WARD, 0, 1, A.ADD_SUPPORT_POST, since=None),
            (
                "Xã Ia Dom chưa có nhân sự hỗ trợ – thêm ít nhất 1 người ở Trung tâm Phục vụ hành"
                " chính công"
            ),
        ),
        (
            finding(R.WARD_WITHOUT_SUPPORT, WARD, 0, 1, A.ADD_SUPPORT_POST),
            "Xã Ia Dom không còn nhân sự hỗ trợ nào đang làm việc – thêm ít nhất 1 người",
        ),
        (
            finding(R.WARD_WITHOUT_MENTOR, WARD, 0, 1, A.ADD_MENTOR, since=None),
            "Xã Ia Dom chưa có mentor nào – thêm mentor đầu tiên",
        ),
        (
            finding(R.WARD_SHORT_OF_CAPACITY, WARD, 12, 4, A.ADD_MENTOR, since=None),
            (
                "Xã Ia Dom có 12 người học đang chờ, các mentor chỉ nhận thêm được 4 người – thêm"
                " mentor"
            ),
        ),
        (
            finding(R.WARD_SHORT_OF_CAPACITY, WARD, 12, 0, A.ADD_MENTOR, since=None),
            "Xã Ia Dom có 12 người học đang chờ mà không mentor nào nhận thêm được – thêm mentor",
        ),
        (
            finding(R.MENTOR_BELOW_FLOOR, MENTOR, 2, 5, A.PAIR_WAITING),
            "Mentor Nguyễn Thị A mới có 2/5 người học – ghép thêm 2 người đang chờ trong xã",
        ),
        (
            finding(R.MENTOR_BELOW_FLOOR, MENTOR, 3, 5, A.REGISTER_MENTEE),
            "Mentor Nguyễn Thị A mới có 3/5 người học – đăng ký thêm 2 người học",
        ),
        (
            finding(R.MENTOR_BELOW_FLOOR, MENTOR, 3, 5, A.RAISE_CAPACITY),
            (
                "Mentor Nguyễn Thị A mới có 3/5 người học và đã hết sức nhận – nâng sức nhận để kèm"
                " thêm 2 người"
            ),
        ),
        (
            finding(R.SUPPORT_ON_PAPER, WARD, None, 14, A.LOG_SESSION, since=None),
            (
                "Xã Ia Dom có nhân sự hỗ trợ nhưng chưa ghi lượt hỗ trợ hay ca trực nào – ghi những"
                " việc đã làm"
            ),
        ),
        (
            finding(R.SUPPORT_ON_PAPER, WARD, 23, 14, A.LOG_SESSION),
            (
                "Xã Ia Dom có nhân sự hỗ trợ nhưng 23 ngày nay không có lượt hỗ trợ hay ca trực nào"
                " – ghi những việc đã làm"
            ),
        ),
        (
            finding(R.MENTOR_ON_PAPER, MENTOR, 2, 5, A.LOG_CONTACT, since=None),
            (
                "Mentor Nguyễn Thị A đủ người học trên giấy, nhưng mới có buổi hướng dẫn với 2/5"
                " người – ghi buổi đã gặp hoặc hẹn gặp"
            ),
        ),
        (
            finding(R.HANDOFF_PENDING, MENTEE, 12, 7, A.PAIR_MENTEE),
            (
                "Người học Ksor H'Thoan được quầy hỗ trợ chuyển sang 12 ngày trước, chưa có mentor"
                " – ghép với mentor"
            ),
        ),
        (
            finding(R.MENTEE_WAITING, MENTEE, 12, 7, A.PAIR_MENTEE),
            "Người học Ksor H'Thoan đã chờ mentor 12 ngày – ghép với mentor",
        ),
        (
            finding(R.MENTORSHIP_FAR, PAIR, 42, 0, A.CHANGE_MENTOR),
            (
                "Mentor Nguyễn Thị A và người học Ksor H'Thoan ở hai xã, phường không giáp nhau,"
                " cách khoảng 42 km – đổi sang mentor gần hơn"
            ),
        ),
        (
            finding(R.MENTORSHIP_LANGUAGE, PAIR, 0, 1, A.CHANGE_MENTOR),
            (
                "Mentor Nguyễn Thị A và người học Ksor H'Thoan không có ngôn ngữ chung theo hồ sơ –"
                " đổi sang mentor cùng ngôn ngữ"
            ),
        ),
        (
            finding(R.MENTORSHIP_DORMANT, PAIR, 45, 30, A.LOG_CONTACT),
            (
                "Mentor Nguyễn Thị A và người học Ksor H'Thoan đã 45 ngày chưa có buổi hướng dẫn –"
                " ghi buổi đã gặp hoặc hẹn gặp"
            ),
        ),
        (
            finding(R.MENTOR_OVER_CAPACITY, MENTOR, 12, 10, A.MOVE_MENTEES),
            (
                "Mentor Nguyễn Thị A đang kèm 12 người, sức nhận là 10 – chuyển bớt 2 người cho"
                " mentor còn chỗ trong xã"
            ),
        ),
        (
            finding(R.WARD_SILENT, WARD, 43, 30, A.ENTER_DATA),
            "Xã Ia Dom nhập lần cuối 43 ngày trước – nhập số liệu mới",
        ),
        (
            finding(R.WARD_HANGS_ON_ONE_PERSON, POST, 1, 2, A.ADD_SUPPORT_POST, since=None),
            (
                "Xã Ia Dom chỉ có 1 nhân sự hỗ trợ đang làm việc – thêm người thứ hai để không gián"
                " đoạn khi người này nghỉ"
            ),
        ),
        (
            finding(R.WARD_HANGS_ON_ONE_PERSON, MENTOR, 6, 4, A.MOVE_MENTEES, since=None),
            (
                "Mentor Nguyễn Thị A đang kèm 6 trong 8 cặp của xã – chuyển bớt 2 người cho mentor"
                " khác"
            ),
        ),
        (
            finding(R.WARD_HANGS_ON_ONE_PERSON, MENTOR, 6, 4, A.ADD_MENTOR, since=None),
            (
                "Mentor Nguyễn Thị A đang kèm 6 trong 8 cặp của xã – thêm mentor rồi chuyển bớt 2"
                " người"
            ),
        ),
    ],
)
def test_a_finding_says_who_and_how_much_and_what_to_do(found, sentence):
    assert describe_finding(found, WORDS) == sentence


def test_who_may_not_be_named_is_called_by_number():
    found = finding(R.MENTEE_WAITING, MENTEE, 12, 7, A.PAIR_MENTEE)

    sentence = describe_finding(found, WORDS._replace(mentee=""))

    assert sentence == "Người học số 34 đã chờ mentor 12 ngày – ghép với mentor"


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (
            R.HANDOFF_PENDING,
            "Người học Ksor H'Thoan được quầy hỗ trợ chuyển sang 12 ngày trước, chưa có mentor",
        ),
        (R.MENTEE_WAITING, "Người học Ksor H'Thoan đã chờ mentor 12 ngày"),
    ],
)
def test_who_may_not_pair_is_not_asked_to(rule, sentence):
    found = finding(rule, MENTEE, 12, 7, A.PAIR_MENTEE)

    assert describe_finding(found, WORDS._replace(may_pair=False)) == sentence


def test_the_button_says_how_many_to_pair():
    assert label_action(A.PAIR_WAITING, 2) == "Ghép 2 người"


def test_every_rule_and_action_has_its_words():
    assert set(RULE_LABELS) == set(RULE_DEFINITIONS) == set(Rule)
    assert {rule for rule, _variant in SENTENCES} == set(Rule)
    assert set(ACTION_LABELS) == set(ActionCode)


def test_definitions_name_the_settings_in_force():
    definitions = dict(define_rules(Thresholds(floor=6, silent_days=45)))

    assert "dưới 6 người học" in definitions[RULE_LABELS[R.MENTOR_BELOW_FLOOR]]
    assert "45 ngày" in definitions[RULE_LABELS[R.WARD_SILENT]]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (None, "Chưa nhập gì"),
        (0, "Nhập lần cuối hôm nay"),
        (43, "Nhập lần cuối 43 ngày trước"),
    ],
)
def test_the_last_entry_is_told_in_days(days, words):
    assert describe_last_entry(days) == words


def test_a_finding_of_unknown_age_does_not_say_since_when():
    known = finding(R.WARD_SILENT, WARD, 43, 30, A.ENTER_DATA)
    unknown = finding(R.WARD_SILENT, WARD, None, 30, A.ENTER_DATA, since=None)

    assert (describe_since(known), describe_since(unknown)) == ("từ 05/03/2026", "")
