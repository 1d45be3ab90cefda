"""What can be done with many people of a list: each with its form, its change and its words."""

from flask import url_for
from wtforms import Field

from app import clock
from app.access.current import may
from app.access.policy import Permission
from app.access.scope import WardScope
from app.formatting import format_day, format_number
from app.forms.bulk import PairWithForm
from app.forms.end_spell import EndSpellForm
from app.forms.move import MoveForm
from app.forms.pause import PauseForm
from app.forms.tags import TagManyForm
from app.queries.candidates import list_mentor_choices
from app.queries.catalogues_for_forms import list_end_reasons, list_tags
from app.queries.settings import get_settings
from app.queries.supposed import Supposed, suppose_away, suppose_gone, suppose_moved
from app.queries.wards import list_present_wards
from app.services.change_spells import (
    ManyEnds,
    ManyMoves,
    ManyPairings,
    ManyPauses,
)
from app.services.move_rules import MoveTerms
from app.services.tag_spells import ManyTags
from app.texts import _
from app.web.bulk_deed import Deed
from app.web.selection import Selection
from models.enums import PersonRole


class PauseMany(Deed):
    """Everybody is away for the same days."""

    word = "tam-nghi"
    label = "Tạm nghỉ"
    explanation = "Các cặp đang học giữ nguyên; trong lúc nghỉ không bị nhắc."

    def __init__(self, selection: Selection) -> None:
        super().__init__(selection)
        self.form: PauseForm = PauseForm(substitutes=[], today=clock.today())

    @property
    def change(self) -> ManyPauses:
        """The days."""
        return ManyPauses(self.form.terms)

    @property
    def done(self) -> str:
        """Until when."""
        return _("tạm nghỉ, trở lại ngày %(day)s", day=format_day(self.form.terms.ended_on))

    def suppose(self, ids: list[int]) -> Supposed:
        """Without them."""
        return suppose_away(self.place, self.selection.area.role, ids, clock.today())


class MoveMany(Deed):
    """Everybody goes to the same ward, with their pairs."""

    word = "chuyen-dia-ban"
    label = "Chuyển xã, phường"
    explanation = (
        "Các cặp đang học đi cùng. Buổi đã ghi vẫn tính cho xã, phường cũ; từ ngày chuyển, "
        "xã, phường mới phụ trách."
    )

    def __init__(self, selection: Selection) -> None:
        super().__init__(selection)
        wards = list_present_wards(WardScope.everywhere())
        self.form: MoveForm = MoveForm(wards=wards, pairing_ids=(), today=clock.today())

    @property
    def fields(self) -> list[Field]:
        """All pairs go along: not asked."""
        return [field for field in super().fields if field is not self.form.along]

    @property
    def change(self) -> ManyMoves:
        """Where to, from when."""
        terms = self.form.terms
        return ManyMoves(MoveTerms(terms.ward_id, terms.on))

    @property
    def done(self) -> str:
        """Where to."""
        return _("chuyển sang %(ward)s", ward=self.form.ward_name)

    def say_pairs(self, count: int) -> str:
        """They go along."""
        return _("%(count)s cặp đang học đi cùng", count=format_number(count))

    def suppose(self, ids: list[int]) -> Supposed:
        """The wards that they leave."""
        return suppose_moved(self.place, self.selection.area.role, ids, clock.today())


class EndMany(Deed):
    """Everybody's role is over."""

    word = "cho-thoi"
    label = "Cho thôi"
    explanation = (
        "Các cặp đang học kết thúc cùng ngày. Muốn giao ngay người học cho mentor khác, hoặc ghi "
        "người rút lại đồng ý, thì làm ở trang của từng người."
    )

    def __init__(self, selection: Selection) -> None:
        super().__init__(selection)
        reasons = list_end_reasons(selection.area.role, of_many=True)
        self.form: EndSpellForm = EndSpellForm(reasons=reasons, today=clock.today())

    @property
    def change(self) -> ManyEnds:
        """From when, why."""
        return ManyEnds(self.form.day, self.form.reason.data)

    @property
    def done(self) -> str:
        """From when."""
        return _("thôi từ ngày %(day)s", day=format_day(self.form.day))

    def say_pairs(self, count: int) -> str:
        """They end; whose mentor left waits for another."""
        number = format_number(count)
        if self.selection.area.role is PersonRole.MENTEE:
            return _("%(count)s cặp kết thúc cùng ngày", count=number)
        return _("%(count)s cặp kết thúc, người học trở lại danh sách chờ mentor", count=number)

    def suppose(self, ids: list[int]) -> Supposed:
        """Without them and their pairs."""
        return suppose_gone(self.place, self.selection.area.role, ids, clock.today())


class PairMany(Deed):
    """All of these mentees go to one mentor."""

    word = "ghep-cap"
    label = "Ghép với một mentor"
    explanation = "Mọi người được chọn học với cùng một mentor, trong số người còn chỗ."

    def __init__(self, selection: Selection) -> None:
        super().__init__(selection)
        today = clock.today()
        mentors = list_mentor_choices(self.place, today, get_settings(today))
        self.form: PairWithForm = PairWithForm(
            mentors=[one for one in mentors if one.spare], today=today
        )

    @classmethod
    def suits(cls, role: PersonRole) -> bool:
        """Only mentees learn."""
        return role is PersonRole.MENTEE

    @property
    def other_way(self) -> tuple[str, str]:
        """The planner, which knows more mentors than one."""
        return _("Để máy đề xuất ai học với mentor nào"), url_for("assignment_drafts.index")

    @property
    def change(self) -> ManyPairings:
        """With whom, from when."""
        return ManyPairings(self.form.chosen_mentor, self.form.first_day)

    @property
    def done(self) -> str:
        """With whom."""
        return _("học với mentor %(name)s", name=self.form.mentor_name)


class TagMany(Deed):
    """Everybody gets the same tag, or loses it."""

    word = "gan-nhan"
    label = "Gắn nhãn"
    explanation = "Nhãn ghi phong trào tham gia hoặc đội, tổ của mỗi người, để lọc danh sách."

    def __init__(self, selection: Selection) -> None:
        super().__init__(selection)
        self.form: TagManyForm = TagManyForm(tags=list_tags())

    @property
    def change(self) -> ManyTags:
        """Which tag, and which way."""
        return ManyTags(self.form.tag.data, self.form.is_given)

    @property
    def done(self) -> str:
        """Which tag."""
        if self.form.is_given:
            return _("gắn nhãn «%(tag)s»", tag=self.form.label)
        return _("bỏ nhãn «%(tag)s»", tag=self.form.label)


DEEDS: dict[str, type[Deed]] = {
    deed.word: deed for deed in (PairMany, PauseMany, MoveMany, EndMany, TagMany)
}


def deeds_for(role: PersonRole) -> list[type[Deed]]:
    """Return what can be done with people of a role."""
    return [deed for deed in DEEDS.values() if deed.suits(role)]


def offered_deeds(role: PersonRole) -> list[type[Deed]]:
    """Return what the reader may do with people of a role, ticked in their list."""
    return deeds_for(role) if may(Permission.EDIT_PEOPLE) else []
