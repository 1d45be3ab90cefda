"""Doing one thing with many people of a list: chosen, looked at before, written as one action."""

import hashlib
from typing import NamedTuple

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.decorators import requires
from app.access.policy import Permission
from app.errors import RuleBrokenError
from app.formatting import format_number
from app.planning.consequences import say_what_opens
from app.queries.person_pairings import OpenPair, list_open_pairs
from app.queries.request_keys import find_batch_of
from app.rule_wording import describe_broken_rule
from app.services.change_spells import change_spells, foresee
from app.texts import _
from app.web.bulk_deed import Deed
from app.web.bulk_deeds import DEEDS, deeds_for
from app.web.listing import ALL, CHOSEN
from app.web.page_frame import notify
from app.web.paging import Paging
from app.web.selection import (
    MOST_AT_ONCE,
    MOST_TICKED,
    Selection,
    asked_selection,
    ticked_ids,
)
from app.web.submission import submit

blueprint = Blueprint("bulk", __name__, url_prefix="/hang-loat")

SHOWN_TO_TICK = 100
EXPORT = "tai-ve"


class Preview(NamedTuple):
    """What would be written: to whom it happens, to whom not and why, to which of their pairs.

    `consequences` are what the wards then lack. `seen` stands for all of it: who writes must have
    seen the same.
    """

    able: list[int]
    refused: dict[int, str]
    pairs: list[OpenPair]
    consequences: list[str]
    seen: str


@blueprint.get("/<string:list_key>")
@requires(Permission.EDIT_PEOPLE)
def index(list_key: str) -> ResponseReturnValue:
    """Show the people of a list to be ticked, and what can be done; go on once both are chosen."""
    selection = asked_selection(list_key)
    deed, wants_page = request.args.get("viec", ""), request.args.get("sang", "")
    if deed and not wants_page:
        if selection.ids and len(selection.ids) <= _most(selection):
            return redirect(_next_url(selection, deed))
        notify(_too_few_or_many(selection), kind="error")
    return _choice_page(selection, deed)


@blueprint.get("/<string:list_key>/<string:word>")
@requires(Permission.EDIT_PEOPLE)
def create(list_key: str, word: str) -> ResponseReturnValue:
    """Ask what is to be done with the people."""
    deed = _deed(list_key, word)
    if not _is_of_size(deed.selection):
        return redirect(_choice_url(deed.selection))
    return _deed_page(deed, None)


@blueprint.post("/<string:list_key>/<string:word>")
@requires(Permission.EDIT_PEOPLE)
def save(list_key: str, word: str) -> ResponseReturnValue:
    """Show what would be written; write it once exactly that was seen."""
    deed = _deed(list_key, word)
    earlier = find_batch_of(deed.selection.scope, deed.form.request_key)
    if earlier is not None:
        # What was written may have left nobody to whom it could happen: answer like the first time.
        notify(_("Đã ghi ở lần bấm trước, không ghi lại nữa."), undo_batch_id=earlier)
        return redirect(deed.selection.list_url, code=303)
    if not _is_of_size(deed.selection):
        return redirect(_choice_url(deed.selection), code=303)
    if not deed.form.validate():
        return _deed_page(deed, None), 422
    preview = _preview(deed)
    if preview is None:
        return _deed_page(deed, None), 422
    if request.form.get("seen") != preview.seen or not preview.able:
        return _deed_page(deed, preview)
    return _write(deed, preview)


def _write(deed: Deed, preview: Preview) -> ResponseReturnValue:
    selection = deed.selection
    receipt = submit(
        deed.form,
        lambda: change_spells(
            selection.scope,
            selection.area.role,
            preview.able,
            deed.change,
            request_key=deed.form.request_key,
        ),
    )
    if receipt is None:
        return _deed_page(deed, preview), 422
    count = format_number(len(preview.able))
    notify(
        _("Đã ghi cho %(count)s người: %(done)s.", count=count, done=deed.done),
        undo_batch_id=receipt.batch_id,
    )
    return redirect(selection.list_url, code=303)


def _deed(list_key: str, word: str) -> Deed:
    selection = asked_selection(list_key)
    kind = DEEDS.get(word)
    if kind is None or not kind.suits(selection.area.role):
        abort(404)
    return kind(selection)


def _most(selection: Selection) -> int:
    return MOST_AT_ONCE if selection.is_all else MOST_TICKED


def _is_of_size(selection: Selection) -> bool:
    """Whether somebody is chosen and not too many are; says so otherwise."""
    if selection.ids and len(selection.ids) <= _most(selection):
        return True
    notify(_too_few_or_many(selection), kind="error")
    return False


def _too_few_or_many(selection: Selection) -> str:
    if not selection.ids:
        return _("Chưa chọn ai. Đánh dấu từng người, hoặc chọn tất cả người của bộ lọc.")
    return _(
        "Đã chọn %(count)s người; mỗi lần làm nhiều nhất %(most)s người. "
        "Lọc bớt ở danh sách rồi làm từng phần.",
        count=format_number(len(selection.ids)),
        most=format_number(_most(selection)),
    )


def _choice_url(selection: Selection) -> str:
    """The page on which the people were chosen, as they were."""
    return f"{url_for('bulk.index', list_key=selection.listing.key)}?{selection.query}"


def _next_url(selection: Selection, deed: str) -> str:
    if deed == EXPORT:
        return f"{url_for(selection.listing.export_endpoint)}?{selection.query}"
    if deed not in DEEDS:
        abort(404)
    address = url_for("bulk.create", list_key=selection.listing.key, word=deed)
    return f"{address}?{selection.query}"


def _choice_page(selection: Selection, deed: str) -> str:
    listing = selection.listing
    everybody = listing.ids()
    page = request.args.get("sang", 1, int)
    paging = Paging.of_page(page, len(everybody), SHOWN_TO_TICK)
    shown = everybody[paging.offset : paging.last_index]
    known = set(everybody)
    ticked = [] if selection.is_all else [key for key in ticked_ids() if key in known]
    return render_template(
        "bulk/index.html",
        area=selection.area,
        listing=listing,
        total=len(everybody),
        lines=selection.lines(shown),
        ticked=set(ticked),
        elsewhere=[key for key in ticked if key not in set(shown)],
        is_all=selection.is_all,
        paging=paging,
        deeds=deeds_for(selection.area.role),
        chosen_deed=deed,
        export=EXPORT,
        names={"all": ALL, "chosen": CHOSEN},
    )


def _preview(deed: Deed) -> Preview | None:
    """Look ahead; None when the deed can happen to nobody, with the reason put into the form."""
    selection = deed.selection
    try:
        found = foresee(selection.scope, selection.area.role, selection.ids, deed.change)
    except RuleBrokenError as error:
        deed.form.refuse(error)
        return None
    refused = {key: describe_broken_rule(error) for key, error in found.refused.items()}
    able = [key for key in selection.ids if key not in refused]
    touches_pairs = deed.say_pairs(0) is not None
    pairs = list_open_pairs(selection.scope, selection.area.role, able) if touches_pairs else []
    supposed = deed.suppose(able) if able else None
    return Preview(
        able,
        refused,
        pairs,
        say_what_opens(supposed) if supposed else [],
        _fingerprint(deed, able, pairs),
    )


def _fingerprint(deed: Deed, able: list[int], pairs: list[OpenPair]) -> str:
    """Return what changes with the people, their pairs and with anything that was typed."""
    typed = [(field.short_name, str(field.data)) for field in deed.fields]
    return hashlib.sha256(repr((sorted(able), sorted(pairs), typed)).encode()).hexdigest()[:32]


def _deed_page(deed: Deed, preview: Preview | None) -> str:
    selection = deed.selection
    lines = {line.id: line for line in selection.lines(selection.ids)}
    return render_template(
        "bulk/create.html",
        deed=deed,
        form=deed.form,
        selection=selection,
        preview=preview,
        lines=lines,
        action=f"{request.path}?{selection.query}",
        back=_choice_url(selection),
    )
