"""The network of one ward as a picture: who helps, who teaches whom, who waits, who is missing."""

from app.figures.figure import Figure, FigureQuery
from app.figures.ward_network_table import network_table
from app.figures.ward_network_words import network_words, node_texts
from app.figures.ward_people import WardNetwork, read_ward_network
from app.texts import _
from graphs.figures.ward_graph import Node, NodeKind
from graphs.figures.ward_network import WardPicture
from graphs.figures.ward_network_drawing import draw_ward_network
from graphs.standing import MentorStanding

NAME = "mang-luoi"


def make_ward_network(query: FigureQuery) -> Figure:
    """Return the network of the query's ward; its choice is the id of one mentor, or nothing."""
    return show_ward_network(read_ward_network(query))


def show_ward_network(network: WardNetwork) -> Figure:
    """Draw the network, with its finding as title and the same people as a table."""
    picture = network.picture
    is_empty = not picture.dots
    words = network_words(picture, network.floor, network.report.wards[0])
    return Figure(
        name=NAME,
        title=_title(network, is_empty=is_empty),
        caption=_caption(network, picture),
        definition=_definition(network),
        as_of=network.report.as_of,
        draw=lambda: draw_ward_network(picture, words, node_texts(network), floor=network.floor),
        tabulate=lambda: network_table(network),
        height=760,
        phone_height=580,
        empty_message=_("Chưa có ai trong mạng lưới của xã, phường này.") if is_empty else None,
    )


def _title(network: WardNetwork, *, is_empty: bool) -> str:
    if is_empty:
        return str(_("Mạng lưới của %(ward)s", ward=network.card.full_name))
    mentor = network.mentor
    if mentor is not None:
        return _title_of_mentor(network, mentor)
    figures = network.report.wards[0].figures
    below = figures.mentors - figures.mentors_meeting_floor
    return (
        f"{_tell_mentors(figures.mentors, below, network.floor)}; {_tell_waiting(figures.waiting)}"
    )


def _tell_mentors(mentors: int, below: int, floor: int) -> str:
    if not mentors:
        return str(_("Chưa có mentor nào đang làm việc"))
    if below == mentors == 1:
        return str(_("Mentor duy nhất chưa đủ %(floor)s người học", floor=floor))
    if below == mentors:
        return str(
            _("Cả %(mentors)s mentor chưa đủ %(floor)s người học", mentors=mentors, floor=floor)
        )
    if below:
        return str(
            _(
                "%(below)s trong %(mentors)s mentor chưa đủ %(floor)s người học",
                below=below,
                mentors=mentors,
                floor=floor,
            )
        )
    if mentors == 1:
        return str(_("Mentor duy nhất đã đủ %(floor)s người học", floor=floor))
    return str(_("Cả %(mentors)s mentor đã đủ %(floor)s người học", mentors=mentors, floor=floor))


def _tell_waiting(waiting: int) -> str:
    if not waiting:
        return str(_("không ai phải chờ"))
    return str(_("%(count)s người đang chờ", count=waiting))


def _title_of_mentor(network: WardNetwork, mentor: MentorStanding) -> str:
    name = network.names[Node(NodeKind.MENTOR, mentor.row.id)]
    said = _("%(name)s đang kèm %(count)s người học", name=name, count=mentor.open_mentorships)
    missing = network.floor - mentor.guided
    if mentor.is_paused or missing <= 0:
        return str(said)
    more = _("còn thiếu %(missing)s để đủ %(floor)s", missing=missing, floor=network.floor)
    return f"{said}, {more}"


def _caption(network: WardNetwork, picture: WardPicture) -> str:
    if network.mentor_id is not None:
        return str(_("Ở giữa là mentor, xung quanh là những người đang học."))
    told = [
        _("Ở giữa là nhân sự hỗ trợ, quanh đó là mentor, người cần thêm người học nhất ở bên trái.")
    ]
    if picture.is_folded:
        told.append(
            _(
                "Mạng lưới đông nên người học được gộp vào mentor: số và độ lớn của vòng tròn cho"
                " biết mentor có bao nhiêu người. Chọn một mentor để xem từng người."
            )
        )
    else:
        told.append(_("Ngoài cùng là người học, đứng cạnh mentor của mình."))
    if picture.empty_seats:
        told.append(
            _("Vòng tròn rỗng là chỗ còn thiếu cho đủ %(floor)s người học.", floor=network.floor)
        )
    return " ".join(str(sentence) for sentence in told)


def _definition(network: WardNetwork) -> str:
    limits = network.report.thresholds
    return str(
        _(
            "Đủ trên giấy: có từ %(floor)s người học được tính. Thực chất: từ %(floor)s người trong"
            " số đó có buổi hướng dẫn, người đang kèm thì trong %(days)s ngày qua. Lâu chưa gặp:"
            " cặp mà %(days)s ngày rồi chưa có buổi hướng dẫn. Đang chờ: người học chưa có mentor.",
            floor=limits.floor,
            days=limits.contact_days,
        )
    )
