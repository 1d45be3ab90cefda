"""Which human a log-in belongs to: chosen from the account's page, or from the person's."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.forms.account_link import AccountOfPersonForm, PersonOfAccountForm
from app.queries.account_people import (
    ROLES_WITH_ACCOUNT,
    find_account_of_person,
    find_person_of_account,
    list_accounts_of_ward,
    list_people_of_account,
)
from app.queries.accounts import get_account
from app.queries.people import get_person_detail
from app.queries.spells import SpellKey, get_spell_holder
from app.services.link_account import choose_account, choose_person
from app.texts import _
from app.web.page_frame import notify
from app.web.person_pages import Area, area_of, editing_scope
from app.web.submission import submit

blueprint = Blueprint("account_links", __name__)


@blueprint.get("/quan-tri/tai-khoan/<int:account_id>/cua-ai")
@requires(Permission.MANAGE_ACCOUNTS)
def of_account(account_id: int) -> ResponseReturnValue:
    """Ask whose account it is."""
    return _account_page(account_id, _person_form(account_id))


@blueprint.post("/quan-tri/tai-khoan/<int:account_id>/cua-ai")
@requires(Permission.MANAGE_ACCOUNTS)
def save_of_account(account_id: int) -> ResponseReturnValue:
    """Say whose account it is."""
    scope, form = current_scope(), _person_form(account_id)
    if form.validate():
        receipt = submit(
            form,
            lambda: choose_person(
                scope,
                account_id,
                form.chosen_id,
                seen_id=form.seen_id,
                request_key=form.request_key,
            ),
        )
        if receipt is not None:
            notify(_("Đã lưu tài khoản này của ai."), undo_batch_id=receipt.batch_id)
            return redirect(url_for("accounts.show", account_id=account_id), code=303)
    return _account_page(account_id, form), 422


@blueprint.get("/tai-khoan-cua/<string:role>/<int:spell_id>")
@requires(Permission.EDIT_PEOPLE)
def of_person(role: str, spell_id: int) -> ResponseReturnValue:
    """Ask with which account somebody signs in."""
    area = _area(role)
    return _person_page(area, spell_id, _account_form(area, spell_id))


@blueprint.post("/tai-khoan-cua/<string:role>/<int:spell_id>")
@requires(Permission.EDIT_PEOPLE)
def save_of_person(role: str, spell_id: int) -> ResponseReturnValue:
    """Say with which account somebody signs in."""
    area = _area(role)
    form = _account_form(area, spell_id)
    if form.validate():
        receipt = submit(
            form,
            lambda: choose_account(
                editing_scope(area),
                SpellKey(area.role, spell_id),
                form.chosen_id,
                seen_id=form.seen_id,
                request_key=form.request_key,
            ),
        )
        if receipt is not None:
            notify(_("Đã lưu tài khoản của người này."), undo_batch_id=receipt.batch_id)
            return redirect(area.url("show", spell_id), code=303)
    return _person_page(area, spell_id, form), 422


def _area(role: str) -> Area:
    area = area_of(role)
    if area.role not in ROLES_WITH_ACCOUNT:
        abort(404)
    return area


def _person_form(account_id: int) -> PersonOfAccountForm:
    """Return the form with the people of the account's wards, and whoever is linked to it now."""
    scope = current_scope()
    linked = find_person_of_account(scope, get_account(scope, account_id).id)
    people = list_people_of_account(scope, account_id, clock.today())
    if linked is not None and linked.id not in {one.id for one in people}:
        people.append(linked)
    return PersonOfAccountForm(people, linked_id=linked.id if linked else None)


def _account_form(area: Area, spell_id: int) -> AccountOfPersonForm:
    """Return the form with the accounts of the ward, and the one that is linked now."""
    scope = editing_scope(area)
    holder = get_spell_holder(scope, SpellKey(area.role, spell_id))
    linked = find_account_of_person(scope, holder.person_id)
    accounts = list_accounts_of_ward(scope, holder.ward_id, clock.today())
    if linked is not None and linked.id not in {account.id for account in accounts}:
        accounts.append(linked)
    return AccountOfPersonForm(accounts, linked_id=linked.id if linked else None)


def _account_page(account_id: int, form: PersonOfAccountForm) -> str:
    scope = current_scope()
    linked = find_person_of_account(scope, account_id)
    form.show_linked(linked.id if linked else None)
    return render_template(
        "account_links/of_account.html",
        account=get_account(scope, account_id),
        linked=linked,
        form=form,
    )


def _person_page(area: Area, spell_id: int, form: AccountOfPersonForm) -> str:
    scope = editing_scope(area)
    holder = get_spell_holder(scope, SpellKey(area.role, spell_id))
    linked = find_account_of_person(scope, holder.person_id)
    form.show_linked(linked.id if linked else None)
    return render_template(
        "account_links/of_person.html",
        area=area,
        spell_id=spell_id,
        person=get_person_detail(scope, holder.person_id),
        linked=linked,
        form=form,
    )
