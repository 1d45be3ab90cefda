"""What the audit found, said in Vietnamese: a sentence and a next step for each finding."""

from typing import NamedTuple

from app.formatting import format_day
from app.texts import _
from graphs.audit import AuditedWard
from graphs.checks.plausibility import BurstSign
from graphs.findings import ActionCode, Finding, Rule, Severity, WardStatus
from graphs.rows import Thresholds

SEVERITY_LABELS = {
    Severity.CRITICAL: "Việc gấp",
    Severity.WARNING: "Cần làm",
    Severity.NOTICE: "Nên xem",
}
SEVERITY_SIGNS = {Severity.CRITICAL: "▲", Severity.WARNING: "●", Severity.NOTICE: "■"}

STATUS_LABELS = {
    WardStatus.CRITICAL: "Thiếu người",
    WardStatus.WARNING: "Cần chú ý",
    WardStatus.COVERED: "Đã đủ",
    WardStatus.NO_DATA: "Chưa có dữ liệu",
}

# In two or three words, for filters and for the cause of a ward's status.
RULE_LABELS = {
    Rule.WARD_WITHOUT_SUPPORT: "Chưa có nhân sự hỗ trợ",
    Rule.WARD_WITHOUT_MENTOR: "Chưa có mentor",
    Rule.WARD_SHORT_OF_CAPACITY: "Thiếu chỗ cho người đang chờ",
    Rule.MENTOR_BELOW_FLOOR: "Mentor chưa đủ người học",
    Rule.SUPPORT_ON_PAPER: "Hỗ trợ mới có trên giấy",
    Rule.MENTOR_ON_PAPER: "Mentor đủ trên giấy, chưa thực chất",
    Rule.HANDOFF_PENDING: "Quầy chuyển sang, chưa có mentor",
    Rule.MENTEE_WAITING: "Chờ mentor quá lâu",
    Rule.MENTORSHIP_DORMANT: "Lâu chưa gặp nhau",
    Rule.MENTOR_OVER_CAPACITY: "Mentor quá sức nhận",
    Rule.WARD_SILENT: "Lâu chưa nhập số liệu",
    Rule.WARD_HANGS_ON_ONE_PERSON: "Phụ thuộc vào một người",
    Rule.MENTORSHIP_FAR: "Cặp ở xa nhau",
    Rule.MENTORSHIP_LANGUAGE: "Cặp không chung ngôn ngữ",
    Rule.POSSIBLE_DUPLICATE: "Có thể trùng người",
    Rule.ENTRY_BURST: "Nhập dồn lượt giống nhau",
}

# Why a session stands among those of a burst.
BURST_SIGN_LABELS = {
    BurstSign.SERIES: "hàng loạt trong 10 phút",
    BurstSign.NIGHT: "nhập ban đêm",
    BurstSign.SAME_MINUTE: "cùng một phút",
}

# What each rule means, shown beside its findings. The settings in force are filled in.
RULE_DEFINITIONS = {
    Rule.WARD_WITHOUT_SUPPORT: (
        "Không có nhân sự hỗ trợ nào đang làm việc (người đang tạm nghỉ không tính)."
    ),
    Rule.WARD_WITHOUT_MENTOR: "Không có mentor nào đang làm việc (người đang tạm nghỉ không tính).",
    Rule.WARD_SHORT_OF_CAPACITY: (
        "Số người đang chờ mentor nhiều hơn số người mà các mentor trong xã, phường còn nhận được."
    ),
    Rule.MENTOR_BELOW_FLOOR: (
        "Mentor đang làm việc mà có dưới %(floor)s người học được tính: đang kèm, hoặc đã học xong"
        " trong năm nếu cài đặt cho tính."
    ),
    Rule.SUPPORT_ON_PAPER: (
        "Có nhân sự hỗ trợ nhưng trong %(desk_days)s ngày qua không có lượt hỗ trợ hay ca trực nào."
    ),
    Rule.MENTOR_ON_PAPER: (
        "Mentor có từ %(floor)s người học được tính, nhưng chưa đủ %(floor)s người có buổi hướng"
        " dẫn: người đang kèm trong %(contact_days)s ngày qua, người đã học xong thì vào bất cứ"
        " lúc nào."
    ),
    Rule.HANDOFF_PENDING: (
        "Người được quầy hỗ trợ chuyển sang đã hơn %(waiting_days)s ngày mà chưa được ghép."
    ),
    Rule.MENTEE_WAITING: "Người học chờ đã hơn %(waiting_days)s ngày mà chưa được ghép.",
    Rule.MENTORSHIP_DORMANT: (
        "Cặp đang học mà %(contact_days)s ngày rồi chưa có buổi hướng dẫn nào."
    ),
    Rule.MENTOR_OVER_CAPACITY: "Mentor đang kèm nhiều người hơn sức nhận đã ghi.",
    Rule.WARD_SILENT: "Trong %(silent_days)s ngày qua chưa ai nhập gì cho xã, phường.",
    Rule.WARD_HANGS_ON_ONE_PERSON: (
        "Chỉ có đúng một nhân sự hỗ trợ đang làm việc; hoặc một mentor đang kèm hơn một nửa số cặp"
        " của xã, phường, khi có từ 5 cặp trở lên."
    ),
    Rule.MENTORSHIP_FAR: (
        "Mentor và người học đang học với nhau ở hai xã, phường khác nhau mà không giáp ranh."
        " Khoảng cách tính giữa hai xã, phường, theo đường thẳng. Người đang tạm nghỉ không tính."
    ),
    Rule.MENTORSHIP_LANGUAGE: (
        "Cặp đang học mà hồ sơ của cả hai đều có ghi ngôn ngữ, nhưng không có ngôn ngữ nào chung."
        " Người đang tạm nghỉ không tính."
    ),
    Rule.POSSIBLE_DUPLICATE: (
        "Từ hai hồ sơ đang tham gia mà giống một người: cùng họ tên (không kể dấu) và cùng số điện"
        " thoại; trong cùng xã, phường thì cùng năm sinh cũng tính, nếu không có hai số điện thoại"
        " khác nhau."
    ),
    Rule.ENTRY_BURST: (
        "Trong 30 ngày qua, một tài khoản nhập từ 10 lượt hỗ trợ cùng thủ tục, cùng kết quả trong"
        " vòng 10 phút, hoặc trong một đêm từ 22 giờ đến 5 giờ. Thường có lý do chính đáng, ví dụ"
        " nhập bù sổ giấy."
    ),
}

ACTION_LABELS = {
    ActionCode.IMPORT_ROSTER: "Nhập danh sách",
    ActionCode.ADD_SUPPORT_POST: "Đăng ký nhân sự hỗ trợ",
    ActionCode.ADD_MENTOR: "Đăng ký mentor",
    ActionCode.REGISTER_MENTEE: "Đăng ký người học",
    ActionCode.PAIR_WAITING: "Ghép %(count)s người",
    ActionCode.PAIR_MENTEE: "Ghép với mentor",
    ActionCode.MOVE_MENTEES: "Xem người đang kèm",
    ActionCode.CHANGE_MENTOR: "Đổi mentor",
    ActionCode.RAISE_CAPACITY: "Sửa sức nhận",
    ActionCode.LOG_SESSION: "Ghi ca trực",
    ActionCode.LOG_CONTACT: "Ghi buổi hướng dẫn",
    ActionCode.ENTER_DATA: "Nhập số liệu",
    ActionCode.COMPARE_PEOPLE: "So sánh hồ sơ",
    ActionCode.REVIEW_SESSIONS: "Xem các lượt",
}

NEVER = "never"
NONE_LEFT = "none_left"
TOLD_ONLY = "told_only"
BUNDLED = "bundled"

# Each rule, with its variants: an action, what the evidence lacks, or what the reader may not do.
SENTENCES = {
    (Rule.WARD_WITHOUT_SUPPORT, NEVER): (
        "%(Ward)s chưa có nhân sự hỗ trợ – thêm ít nhất 1 người ở Trung tâm Phục vụ hành chính công"
    ),
    (Rule.WARD_WITHOUT_SUPPORT, ""): (
        "%(Ward)s không còn nhân sự hỗ trợ nào đang làm việc – thêm ít nhất 1 người"
    ),
    (Rule.WARD_WITHOUT_MENTOR, NEVER): "%(Ward)s chưa có mentor nào – thêm mentor đầu tiên",
    (Rule.WARD_WITHOUT_MENTOR, ""): (
        "%(Ward)s không còn mentor nào đang làm việc – thêm ít nhất 1 người"
    ),
    (Rule.WARD_SHORT_OF_CAPACITY, ""): (
        "%(Ward)s có %(measured)s người học đang chờ, các mentor chỉ nhận thêm được %(expected)s"
        " người – thêm mentor"
    ),
    (Rule.WARD_SHORT_OF_CAPACITY, NONE_LEFT): (
        "%(Ward)s có %(measured)s người học đang chờ mà không mentor nào nhận thêm được – thêm"
        " mentor"
    ),
    (Rule.MENTOR_BELOW_FLOOR, ActionCode.PAIR_WAITING): (
        "%(mentor)s mới có %(measured)s/%(expected)s người học – ghép thêm %(count)s người đang"
        " chờ trong %(kind)s"
    ),
    (Rule.MENTOR_BELOW_FLOOR, ActionCode.REGISTER_MENTEE): (
        "%(mentor)s mới có %(measured)s/%(expected)s người học – đăng ký thêm %(gap)s người học"
    ),
    (Rule.MENTOR_BELOW_FLOOR, ActionCode.RAISE_CAPACITY): (
        "%(mentor)s mới có %(measured)s/%(expected)s người học và đã hết sức nhận – nâng sức nhận"
        " để kèm thêm %(gap)s người"
    ),
    (Rule.SUPPORT_ON_PAPER, NEVER): (
        "%(Ward)s có nhân sự hỗ trợ nhưng chưa ghi lượt hỗ trợ hay ca trực nào – ghi những việc"
        " đã làm"
    ),
    (Rule.SUPPORT_ON_PAPER, ""): (
        "%(Ward)s có nhân sự hỗ trợ nhưng %(measured)s ngày nay không có lượt hỗ trợ hay ca"
        " trực nào – ghi những việc đã làm"
    ),
    (Rule.MENTOR_ON_PAPER, ""): (
        "%(mentor)s đủ người học trên giấy, nhưng mới có buổi hướng dẫn với"
        " %(measured)s/%(expected)s người – ghi buổi đã gặp hoặc hẹn gặp"
    ),
    (Rule.HANDOFF_PENDING, ""): (
        "%(mentee)s được quầy hỗ trợ chuyển sang %(measured)s ngày trước, chưa có mentor – ghép"
        " với mentor"
    ),
    (Rule.HANDOFF_PENDING, TOLD_ONLY): (
        "%(mentee)s được quầy hỗ trợ chuyển sang %(measured)s ngày trước, chưa có mentor"
    ),
    (Rule.MENTEE_WAITING, TOLD_ONLY): "%(mentee)s đã chờ mentor %(measured)s ngày",
    (Rule.MENTEE_WAITING, ""): "%(mentee)s đã chờ mentor %(measured)s ngày – ghép với mentor",
    (Rule.MENTORSHIP_DORMANT, ""): (
        "%(mentor)s và %(learner)s đã %(measured)s ngày chưa có buổi hướng dẫn – ghi buổi đã gặp"
        " hoặc hẹn gặp"
    ),
    (Rule.MENTOR_OVER_CAPACITY, ActionCode.MOVE_MENTEES): (
        "%(mentor)s đang kèm %(measured)s người, sức nhận là %(expected)s – chuyển bớt"
        " %(excess)s người cho mentor còn chỗ trong %(kind)s"
    ),
    (Rule.MENTOR_OVER_CAPACITY, ActionCode.RAISE_CAPACITY): (
        "%(mentor)s đang kèm %(measured)s người, sức nhận là %(expected)s – sửa sức nhận nếu mentor"
        " đồng ý, vì các mentor khác trong %(kind)s không còn đủ chỗ"
    ),
    (Rule.WARD_SILENT, NEVER): "%(Ward)s chưa nhập số liệu nào – nhập danh sách đang có",
    (Rule.WARD_SILENT, ""): "%(Ward)s nhập lần cuối %(measured)s ngày trước – nhập số liệu mới",
    (Rule.WARD_HANGS_ON_ONE_PERSON, ActionCode.ADD_SUPPORT_POST): (
        "%(Ward)s chỉ có 1 nhân sự hỗ trợ đang làm việc – thêm người thứ hai để không gián đoạn khi"
        " người này nghỉ"
    ),
    (Rule.WARD_HANGS_ON_ONE_PERSON, ActionCode.MOVE_MENTEES): (
        "%(mentor)s đang kèm %(measured)s trong %(pairs)s cặp của %(kind)s – chuyển bớt %(excess)s"
        " người cho mentor khác"
    ),
    (Rule.WARD_HANGS_ON_ONE_PERSON, ActionCode.ADD_MENTOR): (
        "%(mentor)s đang kèm %(measured)s trong %(pairs)s cặp của %(kind)s – thêm mentor rồi chuyển"
        " bớt %(excess)s người"
    ),
    (Rule.MENTORSHIP_FAR, ""): (
        "%(mentor)s và %(learner)s ở hai xã, phường không giáp nhau, cách khoảng %(measured)s km –"
        " đổi sang mentor gần hơn"
    ),
    (Rule.MENTORSHIP_LANGUAGE, ""): (
        "%(mentor)s và %(learner)s không có ngôn ngữ chung theo hồ sơ – đổi sang mentor cùng ngôn"
        " ngữ"
    ),
    (Rule.POSSIBLE_DUPLICATE, ""): (
        "%(Person)s có thể được ghi %(measured)s lần – so sánh các hồ sơ rồi cho biết có phải cùng"
        " một người"
    ),
    (Rule.ENTRY_BURST, ""): (
        "%(measured)s lượt hỗ trợ giống nhau được nhập dồn một lúc ở %(ward)s – xem lại rồi cho"
        " biết có đúng không"
    ),
    (Rule.ENTRY_BURST, BUNDLED): (
        "%(measured)s lượt hỗ trợ giống nhau được ghi gộp một lần ở %(ward)s – xem lại rồi cho biết"
        " có đúng không"
    ),
}


class FindingWords(NamedTuple):
    """The words that a sentence is filled with.

    `ward` is the full name («phường Quy Nhơn Bắc»), `kind` «xã» or «phường», `waiting` how many
    wait for a mentor in the ward; `mentor`, `mentee` and `person` are names, or "" where they may
    not be shown or the finding is about none of them. Who may not pair is not asked to.
    `pairs` is how many mentorships of the ward are open, `is_bundled` whether the session that a
    finding is about was noted together with others («ghi gộp»).
    """

    ward: str
    kind: str
    waiting: int
    mentor: str = ""
    mentee: str = ""
    person: str = ""
    may_pair: bool = True
    pairs: int = 0
    is_bundled: bool = False


def describe_finding(finding: Finding, words: FindingWords) -> str:
    """Return the sentence of a finding: who, what is wrong by how much, and what to do."""
    measured = finding.measured or 0
    sentence = SENTENCES[finding.rule, _variant(finding, words)]
    mentee = words.mentee or _("số %(id)s", id=finding.subject.id)
    return say(
        sentence,
        Ward=capitalised(words.ward),
        kind=words.kind,
        measured=measured,
        expected=finding.expected,
        gap=finding.expected - measured,
        excess=measured - finding.expected,
        pairs=words.pairs,
        count=count_to_pair(finding, words.waiting),
        mentor=_("Mentor %(name)s", name=words.mentor or _("số %(id)s", id=finding.subject.id)),
        mentee=_("Người học %(name)s", name=mentee),
        learner=_("người học %(name)s", name=mentee),
        Person=words.person or _("Người số %(id)s", id=finding.subject.id),
        ward=words.ward,
    )


def label_action(action: ActionCode, count: int = 0) -> str:
    """Return the verb on the button of an action; `count` says how many people to pair."""
    return say(ACTION_LABELS[action], count=count)


def count_to_pair(finding: Finding, waiting: int) -> int:
    """Return how many of the people waiting in the ward would bring a mentor to the floor."""
    return min(finding.expected - (finding.measured or 0), waiting)


def label_rules() -> dict[Rule, str]:
    """Return the short name of every rule, in order of precedence."""
    return {rule: say(label) for rule, label in RULE_LABELS.items()}


def define_rules(thresholds: Thresholds) -> list[tuple[str, str]]:
    """Return each rule's name and what it means under the settings in force."""
    values = thresholds._asdict()
    return [
        (say(RULE_LABELS[rule]), say(text, **values)) for rule, text in RULE_DEFINITIONS.items()
    ]


def describe_state(ward: AuditedWard) -> str:
    """Return a ward's status with its primary cause: «Thiếu người: chưa có mentor»."""
    status = say(STATUS_LABELS[ward.status])
    if not isinstance(ward.primary_cause, Rule):
        return status
    cause = say(RULE_LABELS[ward.primary_cause])
    return f"{status}: {cause[:1].lower()}{cause[1:]}"


def describe_last_entry(days: int | None) -> str:
    """Return when something was last entered, told by the days that passed since."""
    if days is None:
        return str(_("Chưa nhập gì"))
    if days == 0:
        return str(_("Nhập lần cuối hôm nay"))
    return str(_("Nhập lần cuối %(days)s ngày trước", days=days))


def describe_since(finding: Finding) -> str:
    """Return «từ 05/03/2026», or nothing where the day is not known."""
    return "" if finding.since is None else _("từ %(day)s", day=format_day(finding.since))


def say(sentence: str, **values: object) -> str:
    """Return a sentence of one of these tables in the language of the reader, filled in."""
    return str(_(sentence, **values))


def capitalised(text: str) -> str:
    """Return a text with its first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def _variant(finding: Finding, words: FindingWords) -> str:
    """Choose among the sentences of a rule."""
    if (finding.rule, finding.action) in SENTENCES:
        return finding.action
    if finding.action is ActionCode.PAIR_MENTEE and not words.may_pair:
        return TOLD_ONLY
    if finding.rule is Rule.ENTRY_BURST:
        return BUNDLED if words.is_bundled else ""
    if finding.rule is Rule.WARD_SHORT_OF_CAPACITY:
        return NONE_LEFT if finding.expected == 0 else ""
    is_unknown = finding.since is None and (finding.rule, NEVER) in SENTENCES
    return NEVER if is_unknown else ""
