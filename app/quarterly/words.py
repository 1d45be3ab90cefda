"""The sentences of a quarterly report, written from its figures."""

from datetime import date

from app.formatting import format_day, format_number, format_share
from app.reports.figures import DeskOfPeriod, ReportFigures, ReportWard
from models.enums import ActivityKind

NOT_REPORTED = "chưa báo cáo"


def period_label(code: str) -> str:
    """Write the code of a period as «Quý 3 năm 2026»; another code as it is."""
    year, _, number = code.partition("-Q")
    return f"Quý {number} năm {year}" if number else code


def say_day(day: str) -> str:
    """Write an ISO day as 31/12/2026."""
    return format_day(date.fromisoformat(day))


def span_of(figures: ReportFigures) -> str:
    """Say which days the report covers."""
    return f"(Số liệu từ ngày {say_day(figures.first_day)} đến ngày {say_day(figures.as_of)})"


def opening(figures: ReportFigures) -> str:
    """Say on whose order the report is made."""
    return (
        "Thực hiện Kế hoạch số 19/KH-UBND của Ủy ban nhân dân tỉnh Gia Lai về phong trào “Bình dân"
        " học vụ số” năm 2026, Ban Thường vụ Tỉnh Đoàn báo cáo kết quả xây dựng mạng lưới Đại sứ"
        f" số (điểm II.4.1 của Kế hoạch) {period_label(figures.code)} như sau:"
    )


def network_text(figures: ReportFigures) -> str:
    """Say how many guide and learn, and what changed since the previous cut-off."""
    totals, before = figures.totals, figures.totals_before
    floor = figures.settings["floor"]
    if not totals["mentors"]:
        return f"Đến ngày {say_day(figures.as_of)}, toàn tỉnh chưa có mentor nào đang hoạt động."
    return (
        f"Đến ngày {say_day(figures.as_of)}, toàn tỉnh có {format_number(totals['mentors'])} mentor"
        f" (người hướng dẫn) đang hoạt động{_since(totals['mentors'], before['mentors'])};"
        f" {format_number(totals['mentees'])} người học"
        f"{_since(totals['mentees'], before['mentees'])}, trong đó"
        f" {format_number(totals['mentees_waiting'])} người đang chờ mentor. Số mentor kèm đủ"
        f" {floor} người học trở lên là"
        f" {format_share(totals['mentors_meeting_floor'], totals['mentors'])} trên giấy và"
        f" {format_share(totals['mentors_meeting_floor_in_fact'], totals['mentors'])} thực chất."
        f" Trong kỳ {_came_and_went(figures)};"
        f" {format_number(figures.mentorships.begun)} cặp hướng dẫn mới,"
        f" {format_number(figures.mentorships.completed)} cặp hoàn thành."
    )


def learning_text(figures: ReportFigures) -> str:
    """Say what was learnt in the period; nothing for editions frozen without it."""
    learnt = figures.learning
    if learnt is None:
        return ""
    if not any((learnt.people_reaching, learnt.completed)):
        return "Trong kỳ chưa ghi nhận kỹ năng nào người học mới tự làm được."
    return (
        f"Trong kỳ có {format_number(learnt.people_reaching)} người học tự làm được thêm kỹ năng số"
        f" ({format_number(learnt.skills_reached)} lượt kỹ năng);"
        f" {format_number(learnt.completed)} người học hoàn thành."
    )


def activity_text(figures: ReportFigures) -> str:
    """Say what was held of the plan's activities in the period, each kind for itself."""
    if not figures.activities:
        return "Trong kỳ chưa ghi nhận hoạt động nào đã tổ chức."
    held = "; ".join(
        f"{format_number(one.held)} buổi {_in_a_sentence(one.kind)} tại {one.wards} xã, phường với"
        f" {format_number(one.turns)} lượt tham gia"
        for one in figures.activities
    )
    return f"Trong kỳ, mạng lưới Đại sứ số đã tổ chức và tham gia: {held}."


def desk_text(figures: ReportFigures) -> str:
    """Say what was done at the service centres in the period, turns and people apart."""
    desk = figures.desk
    wards = figures.totals["wards"]
    coverage = (
        f"Có {format_share(figures.totals['wards_with_support'], wards)} xã, phường bố trí nhân sự"
        " hỗ trợ người dân nộp hồ sơ trực tuyến (trên giấy);"
        f" {format_share(figures.totals['wards_with_support_in_fact'], wards)} nơi có hoạt động"
        " thực tế (thực chất)."
    )
    if not desk.sessions:
        return f"{coverage} Trong kỳ chưa ghi nhận lượt hỗ trợ nào."
    parts = [
        coverage,
        (
            f"Trong kỳ đã hỗ trợ {format_number(desk.sessions)} lượt{_sessions_before(figures)};"
            f" {format_number(desk.people)} người được hỗ trợ lần đầu trong năm."
        ),
        (
            f"Người dân tự làm {format_share(desk.by_oneself, desk.sessions)} số lượt; cùng làm"
            f" {format_number(desk.together)} lượt; làm thay {format_number(desk.on_behalf)} lượt."
        ),
        *_asked(desk),
    ]
    if desk.late:
        parts.append(
            f"Số trên gồm {format_number(desk.late)} lượt của kỳ trước nhập sau khi đã chốt số"
            " liệu."
        )
    return " ".join(parts)


def wards_text(figures: ReportFigures) -> str:
    """Say how the wards stand, which were won and lost, and how many reported nothing."""
    totals = figures.totals
    names = {ward.code: ward.name for ward in figures.wards}
    parts = [
        (
            f"Trong {totals['wards']} xã, phường có"
            f" {format_share(totals['wards_covered'], totals['wards'])} nơi đã đủ;"
            f" {totals['wards_critical']} nơi thiếu người; {totals['wards_warning']} nơi cần chú ý;"
            f" {totals['wards_no_data']} nơi chưa có dữ liệu."
        ),
    ]
    if figures.wards_won:
        parts.append(f"Mới đạt trong kỳ: {_list(names, figures.wards_won)}.")
    if figures.wards_lost:
        parts.append(f"Không còn đạt: {_list(names, figures.wards_lost)}.")
    missing = len(figures.not_reported)
    if missing:
        parts.append(f"{missing} xã, phường chưa báo cáo hoạt động nào trong kỳ.")
    return " ".join(parts)


def ward_text(ward: ReportWard, figures: ReportFigures) -> tuple[str, ...]:
    """Return the paragraphs of one ward's own report."""
    if not ward.has_data:
        return ("Xã, phường chưa có dữ liệu về mạng lưới Đại sứ số trong kỳ báo cáo.",)
    floor = figures.settings["floor"]
    support = "chưa có nhân sự hỗ trợ tại Trung tâm Phục vụ hành chính công"
    if ward.support_posts:
        state = "có" if ward.has_support_in_fact else "chưa có"
        support = (
            f"có {ward.support_posts} nhân sự hỗ trợ tại Trung tâm Phục vụ hành chính công,"
            f" {state} hoạt động trong {figures.settings['desk_days']} ngày gần nhất"
        )
    network = (
        f"Đến ngày {say_day(figures.as_of)}, {ward.full_name} có {ward.mentors} mentor đang hoạt"
        f" động, kèm và đăng ký {ward.mentees} người học, trong đó {ward.waiting} người đang chờ"
        f" mentor. {ward.mentors_meeting_floor} mentor đủ {floor} người học trên giấy,"
        f" {ward.mentors_meeting_floor_in_fact} mentor đủ thực chất."
    )
    desk = f"Trong kỳ {NOT_REPORTED} lượt hỗ trợ nào."
    if ward.sessions is not None:
        desk = (
            f"Trong kỳ đã hỗ trợ {format_number(ward.sessions)} lượt;"
            f" {format_number(ward.people or 0)} người được hỗ trợ lần đầu trong năm."
        )
    return network, f"{ward.full_name[0].upper()}{ward.full_name[1:]} {support}. {desk}"


def definitions(figures: ReportFigures) -> tuple[str, ...]:
    """Say what the figures mean, with the settings that were in force."""
    settings = figures.settings
    return (
        (
            "Lượt là mỗi lần giúp người dân; người là những lượt đánh dấu lần đầu trong năm tại xã,"
            " phường đó. Hai số này không cộng với nhau, và số người của các xã, phường có thể"
            " không cộng thành số của tỉnh."
        ),
        (
            "Mentor đủ chuẩn trên giấy khi có từ"
            f" {settings['floor']} người học được tính; thực chất khi"
            f" ít nhất {settings['floor']} người trong đó có buổi hướng dẫn (người đang kèm: trong"
            f" {settings['contact_days']} ngày gần nhất)."
        ),
        (
            "Có hỗ trợ trên giấy khi có ít nhất một nhân sự hỗ trợ đang làm việc; thực chất khi có"
            f" thêm lượt hỗ trợ hoặc ca trực trong {settings['desk_days']} ngày gần nhất."
        ),
        *_definitions_of_activities(figures),
        "“Chưa báo cáo” là không có dòng số liệu nào được tính trong kỳ; khác với số 0.",
        (
            "Số liệu này là của mạng lưới Đại sứ số, không phải tỷ lệ người trưởng thành được xác"
            " nhận kỹ năng số trên VNeID."
        ),
    )


# How a kind of activity reads after «3 buổi».
_KINDS = {
    ActivityKind.COMMUNITY_CLASS: "lớp học cộng đồng",
    ActivityKind.HOUSE_VISIT: "Tổ công nghệ số cộng đồng đến từng nhà",
    ActivityKind.YOUTH_CAMPAIGN: "ra quân của Chiến dịch Thanh niên",
    ActivityKind.LEARNING_DAY: "trong Ngày hội toàn dân học tập số",
    ActivityKind.DIGITAL_FAMILY: "Gia đình số",
    ActivityKind.DIGITAL_MARKET: "Chợ số",
}


def _in_a_sentence(kind: str) -> str:
    return _KINDS[ActivityKind(kind)]


def _since(now: int, then: int) -> str:
    if now == then:
        return " (bằng kỳ trước)"
    word = "tăng" if now > then else "giảm"
    return f" ({word} {format_number(abs(now - then))} so với kỳ trước)"


def _definitions_of_activities(figures: ReportFigures) -> tuple[str, ...]:
    if figures.learning is None:
        return ()
    return (
        (
            "Hoạt động tính các buổi đã diễn ra. Lượt tham gia và người của mạng lưới không cộng"
            " với nhau; người của các loại hoạt động cũng không cộng với nhau vì một người có thể"
            " dự nhiều buổi. Với phong trào do đơn vị khác chủ trì, mỗi người được tính một lần và"
            " đây chỉ là phần tham gia của mạng lưới."
        ),
        (
            "Kỹ năng tính khi người học được ghi nhận tự làm được lần đầu. Tài khoản VNeID do người"
            " học tự báo hoặc cán bộ đã xem trên máy; một người có thể có ở cả hai dòng."
        ),
    )


def _came_and_went(figures: ReportFigures) -> str:
    joined, left = figures.mentors.joined, figures.mentors.left
    came = f"có thêm {format_number(joined)} mentor" if joined else "không có thêm mentor"
    return f"{came}, {format_number(left)} người thôi" if left else f"{came}, không ai thôi"


def _sessions_before(figures: ReportFigures) -> str:
    before = figures.desk_before
    return "" if before is None else _since(figures.desk.sessions, before.sessions)


def _asked(desk: DeskOfPeriod) -> list[str]:
    asked = desk.still_able + desk.needs_help
    if not asked:
        return []
    return [
        (
            f"Gọi lại sau 2–4 tuần, {format_share(desk.still_able, asked)} người trả lời vẫn tự làm"
            " được."
        )
    ]


def _list(names: dict[str, str], codes: tuple[str, ...]) -> str:
    return ", ".join(names.get(code, code) for code in codes)
