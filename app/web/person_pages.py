"""What the pages of mentors, mentees and support posts share: registering, editing, ending."""

from typing import Any, NamedTuple

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.policy import Permission
from app.access.scope import WardScope
from app.forms.conflict import FieldConflict, is_saved_already, take_conflicts
from app.forms.end_spell import EndSpellForm
from app.forms.person import EditPersonForm, PersonChoices, RegisterPersonForm
from app.planning.consequences import say_what_opens
from app.queries.catalogues_for_forms import (
    Choice,
    list_end_reasons,
    list_groups,
    list_languages,
)
from app.queries.hamlets import list_hamlet_names
from app.queries.last_change import get_last_change_of_person
from app.queries.people import (
    PersonDetail,
    PersonMatch,
    find_matches,
    get_edition,
    get_person_detail,
)
from app.queries.person_pairings import PairingLine
from app.queries.spells import SpellKey
from app.queries.supposed import suppose_gone
from app.queries.wards import list_wards
from app.services.edit_person import edit_person
from app.services.end_spell import end_spell
from app.services.register_person import register_person
from app.services.transaction import Receipt
from app.web.page_frame import notify
from app.web.submission import submit
from app.wording import CONSENT_TEXT, PERSON_ROLE_LABELS
from models.enums import PersonRole


class Area(NamedTuple):
    """The pages of one role: the blueprint's name and the id in their addresses."""

    role: PersonRole
    blueprint: str
    id_name: str

    @property
    def title(self) -> str:
        """The role's name as a heading."""
        return PERSON_ROLE_LABELS[self.role]

    @property
    def noun(self) -> str:
        """The role's name inside a sentence."""
        return self.title[0].lower() + self.title[1:]

    def url(self, action: str, spell_id: int | None = None) -> str:
        """Return the address of one of the area's pages."""
        values: dict[str, Any] = {} if spell_id is None else {self.id_name: spell_id}
        return url_for(f"{self.blueprint}.{action}", **values)


class Subject(NamedTuple):
    """The spell whose page is shown, and the ward that it belongs to."""

    id: int
    person_id: int
    ward_id: int
    capacity: int | None = None


MENTORS = Area(PersonRole.MENTOR, "mentors", "mentor_id")
MENTEES = Area(PersonRole.MENTEE, "mentees", "mentee_id")
SUPPORT_POSTS = Area(PersonRole.SUPPORT_POST, "support_posts", "support_post_id")
AREAS = {area.role: area for area in (MENTORS, MENTEES, SUPPORT_POSTS)}


def area_of(role: str) -> Area:
    """Return the pages of a role by the word that addresses have for it; 404 for any other."""
    if role not in set(PersonRole):
        abort(404)
    return AREAS[PersonRole(role)]


def editing_scope(area: Area) -> WardScope:
    """Return the wards in which the reader may change who holds a role."""
    is_post = area.role is PersonRole.SUPPORT_POST
    return current_scope(Permission.EDIT_SUPPORT_POSTS if is_post else Permission.EDIT_PEOPLE)


def show_registration(area: Area) -> ResponseReturnValue:
    """Show the empty form; the address may name the ward (`xa`)."""
    scope = current_scope()
    wanted = request.args.get("xa", "")
    ward = next((ward.id for ward in list_wards(scope) if ward.code == wanted), None)
    form = new_register_form(area.role, scope, ward=ward)
    return _registration_page(area, form, [])


def save_registration(area: Area) -> ResponseReturnValue:
    """Register the person and go on to their page."""
    scope = current_scope()
    form = new_register_form(area.role, scope)
    ward_id = form.ward_id(scope.only_ward_id)
    matches = typed_matches(form, scope)
    if form.validate() and ward_id is not None:
        receipt = submit(
            form,
            lambda: register_person(
                scope, form.registration(ward_id), request_key=form.request_key
            ),
        )
        if receipt is not None:
            _tell_registered(area, form, receipt)
            return redirect(area.url("show", receipt.object_id), code=303)
    return _registration_page(area, form, matches), 422


def new_register_form(role: PersonRole, scope: WardScope, **values: object) -> RegisterPersonForm:
    """Return the form that registers a role within the scope."""
    choices = _choices(scope, scope.only_ward_id)
    return RegisterPersonForm(role=role, choices=choices, today=clock.today(), **values)


def typed_matches(form: RegisterPersonForm, scope: WardScope) -> list[PersonMatch]:
    """Return who resembles what was typed, in its ward, and let the form ask about them."""
    ward_id = form.ward_id(scope.only_ward_id)
    if ward_id is None or not scope.includes(ward_id):
        return []
    matches = find_matches(
        scope.narrowed_to(ward_id),
        full_name=form.full_name.data or "",
        birth_year=form.birth_year.data,
        phone=form.phone.data,
    )
    form.offer_matches(matches)
    return matches


def show_edit(area: Area, subject: Subject) -> ResponseReturnValue:
    """Show who the person is, ready to be changed."""
    scope = current_scope()
    detail = get_person_detail(scope, subject.person_id)
    return _edit_page(area, subject, _stored_form(area, subject, detail, scope), detail, [])


def save_edit(area: Area, subject: Subject) -> ResponseReturnValue:
    """Save the changes; when somebody else was faster, show both values of each field."""
    scope = current_scope()
    form = EditPersonForm(
        role=area.role, choices=_choices(scope, subject.ward_id), today=clock.today()
    )
    form.keep_stored(
        lambda: _stored_form(area, subject, get_person_detail(scope, subject.person_id), scope)
    )
    if form.validate():
        receipt = submit(form, lambda: _edit(area, subject, form, scope))
        if receipt is not None:
            notify(f"Đã lưu thông tin của {form.full_name.data}.", undo_batch_id=receipt.batch_id)
            return redirect(area.url("show", subject.id), code=303)
    detail = get_person_detail(scope, subject.person_id)
    stored = _stored_form(area, subject, detail, scope)
    if is_saved_already(form, stored):
        return redirect(area.url("show", subject.id), code=303)
    return _edit_page(area, subject, form, detail, take_conflicts(form, stored)), 422


def show_end(area: Area, subject: Subject, pairings: list[PairingLine]) -> ResponseReturnValue:
    """Ask from which day the role is over, and show who is left without a partner."""
    return _end_page(area, subject, _end_form(area), pairings)


def save_end(area: Area, subject: Subject, pairings: list[PairingLine]) -> ResponseReturnValue:
    """End the role and its open pairings."""
    form = _end_form(area)
    if form.validate():
        receipt = submit(
            form,
            lambda: end_spell(
                current_scope(),
                SpellKey(area.role, subject.id),
                on=form.day,
                reason_id=form.reason.data,
                request_key=form.request_key,
            ),
        )
        if receipt is not None:
            notify(f"Đã ghi thôi vai trò {area.noun}.", undo_batch_id=receipt.batch_id)
            return redirect(area.url("show", subject.id), code=303)
    return _end_page(area, subject, form, pairings), 422


def _choices(scope: WardScope, ward_id: int | None) -> PersonChoices:
    wards = [] if scope.only_ward_id is not None else list_wards(scope)
    return PersonChoices(
        groups=list_groups(),
        languages=list_languages(),
        wards=[Choice(ward.id, ward.full_name) for ward in wards],
        hamlets=[] if ward_id is None else list_hamlet_names(scope, ward_id),
    )


def _registration_page(area: Area, form: RegisterPersonForm, matches: list[PersonMatch]) -> str:
    return render_template(
        "people/register.html",
        area=area,
        form=form,
        matches=matches,
        hamlets=form.hamlets,
        consent_text=CONSENT_TEXT,
    )


def _tell_registered(area: Area, form: RegisterPersonForm, receipt: Receipt) -> None:
    next_url, next_label = None, None
    if area.role is PersonRole.MENTOR:
        next_url, next_label = url_for("pairing.index", mentor=receipt.object_id), "Ghép người học"
    if area.role is PersonRole.MENTEE:
        next_url, next_label = url_for("pairing.index", mentee=receipt.object_id), "Ghép với mentor"
    notify(
        f"Đã đăng ký {area.noun} {form.full_name.data}.",
        undo_batch_id=receipt.batch_id,
        next_url=next_url,
        next_label=next_label,
    )


def _edit(area: Area, subject: Subject, form: EditPersonForm, scope: WardScope) -> Receipt:
    return edit_person(
        scope,
        SpellKey(area.role, subject.id),
        form.details,
        seen_edition=form.seen_version,
        capacity=form.own_capacity,
    )


def _stored_form(
    area: Area, subject: Subject, detail: PersonDetail, scope: WardScope
) -> EditPersonForm:
    basis = next((group for group in detail.groups if group.basis is not None), None)
    return EditPersonForm(
        role=area.role,
        choices=_choices(scope, subject.ward_id),
        today=clock.today(),
        formdata=None,
        full_name=detail.full_name,
        birth_year=detail.birth_year,
        gender=detail.gender,
        phone=detail.phone,
        hamlet=detail.hamlet,
        groups=[group.id for group in detail.groups],
        group_basis=basis.basis if basis else None,
        group_basis_on=basis.basis_on if basis else None,
        languages=[language.id for language in detail.languages],
        capacity=subject.capacity,
        note=detail.note,
        version=get_edition(scope, subject.person_id),
    )


def _edit_page(
    area: Area,
    subject: Subject,
    form: EditPersonForm,
    detail: PersonDetail,
    conflicts: list[FieldConflict],
) -> str:
    return render_template(
        "people/edit.html",
        area=area,
        subject=subject,
        form=form,
        person_name=detail.full_name,
        conflicts=conflicts,
        saved=get_last_change_of_person(current_scope(), subject.person_id) if conflicts else None,
        hamlets=form.hamlets,
    )


def _end_form(area: Area) -> EndSpellForm:
    return EndSpellForm(reasons=list_end_reasons(area.role), today=clock.today())


def _end_page(area: Area, subject: Subject, form: EndSpellForm, pairings: list[PairingLine]) -> str:
    scope = current_scope()
    ending = [line for line in pairings if line.ended_on is None]
    ward = scope.narrowed_to(subject.ward_id)
    gone = suppose_gone(ward, area.role, [subject.id], clock.today())
    return render_template(
        "people/end.html",
        area=area,
        subject=subject,
        form=form,
        person_name=get_person_detail(scope, subject.person_id).full_name,
        pairings=ending,
        consequences=say_what_opens(gone),
    )
