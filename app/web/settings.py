"""Settings of the office: thresholds with the day from which they count."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.errors import OutOfScopeError
from app.formatting import format_day
from app.forms.conflict import FieldConflict, is_saved_already, take_conflicts
from app.forms.setting import BOUNDS, SettingForm, setting_form
from app.office_words import SETTING_WORDS, SettingWords, setting_value
from app.queries.last_change import get_last_change_of_setting
from app.queries.settings import (
    SettingRow,
    get_settings,
    get_written_setting,
    list_setting_values,
)
from app.services.set_setting import set_setting
from app.web.page_frame import notify
from app.web.submission import submit

blueprint = Blueprint("settings", __name__, url_prefix="/quan-tri/cai-dat")


class ShownSetting(NamedTuple):
    """A setting with the value of today and the days on which it changes or changed."""

    key: str
    words: SettingWords
    value: str
    changes: list[str]


@blueprint.get("")
@requires(Permission.MANAGE_SETTINGS)
def index() -> ResponseReturnValue:
    """List the settings in force today."""
    today = get_settings(clock.today())
    rows = list_setting_values(current_scope())
    shown = [
        ShownSetting(key, words, setting_value(key, str(getattr(today, key))), _changes(rows, key))
        for key, words in SETTING_WORDS.items()
    ]
    return render_template("settings/index.html", settings=shown)


@blueprint.get("/<string:key>")
@requires(Permission.MANAGE_SETTINGS)
def edit(key: str) -> ResponseReturnValue:
    """Show the form for a value of one setting."""
    _require(key)
    today = clock.today()
    form = setting_form(
        key,
        value=getattr(get_settings(today), key),
        effective_on=today,
        version=get_written_setting(current_scope(), key).edition,
    )
    return _page(key, form, [])


@blueprint.post("/<string:key>")
@requires(Permission.MANAGE_SETTINGS)
def save(key: str) -> ResponseReturnValue:
    """Set the value from a day on; who was slower sees what the other one wrote."""
    _require(key)
    form = setting_form(key)
    form.keep_stored(lambda: _stored_form(key))
    if form.validate():
        receipt = submit(
            form,
            lambda: set_setting(
                current_scope(),
                key,
                value=form.chosen_value,
                effective_on=form.day,
                seen_edition=form.seen_version,
            ),
        )
        if receipt is not None:
            notify(
                f"Đã lưu: {setting_value(key, form.chosen_value)} từ ngày {format_day(form.day)}.",
                undo_batch_id=receipt.batch_id,
            )
            return redirect(url_for("settings.index"), code=303)
    stored = _stored_form(key)
    if is_saved_already(form, stored):
        return redirect(url_for("settings.index"), code=303)
    return _page(key, form, take_conflicts(form, stored)), 422


def _stored_form(key: str) -> SettingForm:
    """Return the form as whoever changed the setting last has sent it."""
    value, day, edition = get_written_setting(current_scope(), key)
    typed = int(value) if key in BOUNDS else value
    return setting_form(key, formdata=None, value=typed, effective_on=day, version=edition)


def _require(key: str) -> None:
    if key not in SETTING_WORDS:
        raise OutOfScopeError(key)


def _changes(rows: Sequence[SettingRow], key: str) -> list[str]:
    return [
        f"{setting_value(key, row.value)} từ {format_day(row.effective_on)}"
        for row in rows
        if row.key == key
    ]


def _page(key: str, form: SettingForm, conflicts: list[FieldConflict]) -> str:
    changes = _changes(list_setting_values(current_scope()), key)
    return render_template(
        "settings/edit.html",
        key=key,
        words=SETTING_WORDS[key],
        is_number=key in BOUNDS,
        changes=changes,
        form=form,
        conflicts=conflicts,
        saved=get_last_change_of_setting(current_scope(), key) if conflicts else None,
    )
