"""What is put back is what was there: instants, settings, roles."""

from datetime import date, timedelta

import pytest
from sqlalchemy import DateTime, select

from app import clock
from app.access.scope import WardScope
from app.errors import GrantEndedError
from app.services.account_rows import GrantTerms
from app.services.change_grants import add_grant, end_grant
from app.services.change_recording import TRACKED, pack, unpack
from app.services.disable_account import disable_account, enable_account
from app.services.set_setting import set_setting
from app.services.undo_batch import undo_batch
from models import Account, Base, Change, Grant, Setting, db
from models.enums import Role
from tests.factories.accounts import AccountFactory, account_with

pytestmark = pytest.mark.usefixtures("flask_app")


def administrator_scope() -> WardScope:
    return WardScope.of([], account_with(Role.ADMIN).id)


def test_an_account_that_was_enabled_by_mistake_is_disabled_since_the_same_moment() -> None:
    scope, account_id = administrator_scope(), AccountFactory().id
    disable_account(scope, account_id)
    since = db.session.get_one(Account, account_id).disabled_at
    enabled = enable_account(scope, account_id)

    undo_batch(scope, enabled.batch_id)

    assert db.session.get_one(Account, account_id).disabled_at == since is not None


def test_the_value_of_a_day_comes_back_when_its_correction_is_undone() -> None:
    scope, day = administrator_scope(), date(2026, 3, 1)
    set_setting(scope, "floor", value="6", effective_on=day)
    first = db.session.scalars(select(Setting)).one()
    value, moment = first.value, first.set_at
    second = set_setting(scope, "floor", value="7", effective_on=day)

    undo_batch(scope, second.batch_id)

    setting = db.session.scalars(select(Setting)).one()
    assert (setting.value, setting.set_at) == (value, moment)


def test_a_setting_that_is_taken_back_leaves_a_row_in_the_log() -> None:
    scope = administrator_scope()
    made = set_setting(scope, "floor", value="6", effective_on=date(2026, 3, 1))

    undone = undo_batch(scope, made.batch_id)

    rows = select(Change.object_kind, Change.object_id, Change.action)
    logged = db.session.execute(rows.where(Change.batch_id == undone.batch_id)).all()
    assert ("settings", made.object_id, "deleted") in logged
    assert db.session.scalars(select(Setting)).all() == []


def test_a_role_that_has_an_end_is_not_prolonged() -> None:
    scope, account_id, today = administrator_scope(), AccountFactory().id, clock.today()
    ended_on = today - timedelta(days=30)
    terms = GrantTerms(Role.PROVINCE, None, today - timedelta(days=60), ended_on)
    add_grant(scope, account_id, terms)
    of_account = select(Grant).where(Grant.account_id == account_id)
    grant_id = db.session.scalars(of_account).one().id

    with pytest.raises(GrantEndedError):
        end_grant(scope, account_id, grant_id, on=today + timedelta(days=99))

    assert db.session.scalars(of_account).one().ended_on == ended_on


def test_every_instant_of_a_logged_row_can_be_read_back() -> None:
    moment = clock.now()
    instants = [
        column
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, TRACKED)
        for column in mapper.columns
        if isinstance(getattr(column.type, "impl", None), DateTime)
    ]

    values = {unpack(column.type.python_type, pack(moment)) for column in instants}

    assert values == {moment}
