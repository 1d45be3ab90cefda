"""What is written in the picture of a ward's network: its legend, and a few words on everybody."""

from collections import Counter
from collections.abc import Mapping

from flask import url_for

from app.access.current import require_reader
from app.access.policy import Permission
from app.figures.ward_people import WardNetwork, elsewhere
from app.formatting import format_day, format_number
from app.texts import _
from graphs.audit import AuditedWard
from graphs.figures.ward_graph import Link, Mark, Node, NodeKind
from graphs.figures.ward_looks import LOOKS
from graphs.figures.ward_network import WardPicture
from graphs.figures.ward_network_drawing import NetworkWords, NodeText
from graphs.figures.ward_order import count_completed
from graphs.standing import MenteeStanding, MentorStanding

STATE_LABELS = {
    Mark.SUPPORT: "Nhân sự hỗ trợ",
    Mark.SUPPORT_PAUSED: "Nhân sự hỗ trợ tạm nghỉ",
    Mark.BELOW_FLOOR: "Mentor chưa đủ %(floor)s người học",
    Mark.ON_PAPER: "Mentor đủ %(floor)s trên giấy, chưa thực chất",
    Mark.IN_FACT: "Mentor đủ %(floor)s, thực chất",
    Mark.MENTOR_PAUSED: "Mentor tạm nghỉ",
    Mark.MENTOR_ELSEWHERE: "Mentor ở xã, phường khác",
    Mark.LEARNING: "Người học",
    Mark.MENTEE_PAUSED: "Người học tạm nghỉ",
    Mark.MENTEE_ELSEWHERE: "Người học ở xã, phường khác",
    Mark.COMPLETED: "Đã học xong, được tính",
    Mark.WAITING: "Đang chờ mentor",
    Mark.NEIGHBOUR: "Xã, phường khác",
}
STATE_SIGNS = {
    Mark.BELOW_FLOOR: "●",
    Mark.ON_PAPER: "✓",
    Mark.IN_FACT: "✓",
    Mark.MENTOR_PAUSED: "‖",
    Mark.SUPPORT_PAUSED: "‖",
    Mark.MENTEE_PAUSED: "‖",
}
LINK_LABELS = {
    Link.ACTIVE: "Cặp đang học",
    Link.DORMANT: "Cặp lâu chưa gặp",
    Link.ACROSS: "Sang xã, phường khác",
}
FOLDED_LABELS = {
    Mark.COMPLETED: "{count} người đã học xong trong năm, vẫn được tính",
    Mark.WAITING: "{count} người đang chờ mentor",
    Mark.MENTEE_PAUSED: "{count} người học tạm nghỉ, chưa có mentor",
    Mark.LEARNING: "{count} người học không chờ và không có mentor đang làm việc",
}
TELLINGS = {
    "mentor": (
        "%(guided)s/%(floor)s người học được tính, %(in_fact)s thực chất"
        "<br>Đang kèm %(open)s, sức nhận %(capacity)s"
    ),
    "completed": "; %(count)s đã học xong trong năm",
    "waiting": "%(state)s từ %(since)s (%(days)s ngày)",
    "learning": "%(state)s của %(mentor)s",
    "dormant": "%(state)s của %(mentor)s, lâu chưa gặp",
}


def label_state(mark: Mark, floor: int) -> str:
    """Return a state in words: «Mentor chưa đủ 5 người học»."""
    return str(_(STATE_LABELS[mark], floor=floor))


def network_words(picture: WardPicture, floor: int, ward: AuditedWard) -> NetworkWords:
    """Return the legend with its counts, and what is said where nobody stands."""
    marks = Counter(picture.marks)
    marks[Mark.COMPLETED] = sum(dot.people for dot in picture.dots if dot.mark is Mark.COMPLETED)
    missing = _("Chỗ còn thiếu cho đủ %(floor)s", floor=floor)
    return NetworkWords(
        marks={mark: _counted(_legend(mark, floor), count) for mark, count in marks.items()},
        links={link: _counted(_(LINK_LABELS[link]), picture.links[link]) for link in picture.links},
        folded={mark: str(_(text)) for mark, text in FOLDED_LABELS.items()},
        empty_seat=_counted(missing, len(picture.empty_seats)),
        apart=_tell_apart(ward.figures.waiting),
        without_support="" if ward.figures.has_support else str(_("▲ Chưa có nhân sự hỗ trợ")),
        without_mentor="" if ward.figures.mentors else str(_("▲ Chưa có mentor")),
    )


def sign_state(mark: Mark, floor: int) -> str:
    """Return a state in words behind its sign: «✓ Mentor đủ 5, thực chất»."""
    return f"{STATE_SIGNS.get(mark, '')} {label_state(mark, floor)}".strip()


def node_texts(network: WardNetwork) -> dict[Node, NodeText]:
    """Return for everybody drawn one by one the name, a few words, and the address.

    Who belongs to a ward whose people the reader may not see has no address.
    """
    words = {key: str(_(text)) for key, text in TELLINGS.items()}
    addresses = node_addresses(network)
    callings = Counter(map(_called, network.names.items()))
    return {
        node: NodeText(
            label=_short(network, node, callings),
            told={
                "title": network.names[node],
                "text": _tell(network, node, words),
                "url": addresses.get(node, ""),
            },
        )
        for node in (dot.node for dot in network.picture.dots)
        if node is not None
    }


def node_addresses(network: WardNetwork) -> dict[Node, str]:
    """Return the addresses of the pages that the reader may open."""
    prefixes = {
        NodeKind.POST: url_for("support_posts.show", support_post_id=0).removesuffix("0"),
        NodeKind.MENTOR: url_for("mentors.show", mentor_id=0).removesuffix("0"),
        NodeKind.MENTEE: url_for("mentees.show", mentee_id=0).removesuffix("0"),
    }
    addresses = {
        node: f"{prefixes[node.kind]}{node.id}" for node in network.names if node.kind in prefixes
    }
    visible = require_reader().scope_for(Permission.VIEW_PEOPLE)
    for pair in network.pairs:
        if visible.includes(pair.ward_id):
            neighbour = url_for("ward_network.show", code=pair.ward_code)
            addresses[Node(NodeKind.WARD, pair.ward_id)] = neighbour
        else:
            addresses.pop(elsewhere(pair), None)
    return addresses


def _called(named: tuple[Node, str]) -> tuple[NodeKind, str]:
    """Who would answer to the same call: people of a kind with the same last word."""
    node, name = named
    return node.kind, name.split()[-1]


def _short(network: WardNetwork, node: Node, callings: Mapping[tuple[NodeKind, str], int]) -> str:
    """People are called by the last word of their name, or by two where one would mean several;
    a ward tells how many it shares."""
    name = network.names[node]
    if node.kind is NodeKind.WARD:
        return str(
            _("%(ward)s (%(count)s người)", ward=name, count=len(network.people.joined[node]))
        )
    words = 1 if callings[_called((node, name))] == 1 else 2
    return " ".join(name.split()[-words:])


def _tell(network: WardNetwork, node: Node, words: dict[str, str]) -> str:
    known = network.people.known[node]
    state = str(_(STATE_LABELS[known["mark"]], floor=network.floor))
    standing = known.get("standing")
    if isinstance(standing, MentorStanding):
        return f"{state}<br>{_tell_mentor(standing, network, words)}"
    if isinstance(standing, MenteeStanding) and standing.waiting_since is not None:
        days = (network.report.as_of - standing.waiting_since).days
        since = format_day(standing.waiting_since)
        return words["waiting"] % {"state": state, "since": since, "days": days}
    if node.kind is NodeKind.MENTEE:
        return _tell_learner(network, node, state, words)
    return state


def _tell_mentor(mentor: MentorStanding, network: WardNetwork, words: dict[str, str]) -> str:
    told = words["mentor"] % {
        "guided": mentor.guided,
        "floor": network.floor,
        "in_fact": mentor.guided_in_fact,
        "open": mentor.open_mentorships,
        "capacity": mentor.row.capacity,
    }
    done = count_completed(mentor, network.report.as_of)
    return told + words["completed"] % {"count": done} if done else told


def _tell_learner(network: WardNetwork, node: Node, state: str, words: dict[str, str]) -> str:
    for other, pairing in network.people.joined[node].items():
        if other.kind is NodeKind.MENTOR:
            key = "dormant" if pairing["link"] is Link.DORMANT else "learning"
            return words[key] % {"state": state, "mentor": network.names[other]}
    return state


def _tell_apart(waiting: int) -> str:
    """Name those who stand apart: the waiting, or if nobody waits, those who rest."""
    return str(_("Đang chờ (%(count)s)", count=waiting) if waiting else _("Tạm nghỉ"))


def _legend(mark: Mark, floor: int) -> str:
    """A state behind the sign that is written inside its dots."""
    return f"{LOOKS[mark].sign} {label_state(mark, floor)}".strip()


def _counted(label: str, count: int) -> str:
    return f"{label} ({format_number(count)})"
