"""Commands for accounts, wards, the preparation of the site, and the check of what is recorded."""

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from app.access.scope import WardScope
from app.cli.outcome import FULL_DISK, RefusedError, one_sentence_for_failures
from app.services.check_site import check_site
from app.services.transaction import transaction
from models import Account, Grant, OneTimeLink, Person, Ward, db
from models.enums import Role
from tests.factories.accounts import AccountFactory, GrantFactory, account_with
from tests.factories.network import MentorFactory

EVERYWHERE = WardScope.everywhere()


@pytest.fixture
def run(flask_app: Flask):
    """Return a function that runs a command as the shell does."""

    def invoke(*arguments: str, **options):
        result = flask_app.test_cli_runner().invoke(args=arguments, **options)
        db.session.rollback()
        return result

    return invoke


def test_an_account_is_made_with_a_password_that_must_be_changed(run):
    done = run(
        "accounts", "create", "H.Dih", "--name", "H'Dih", *["--role", "leader", "--ward", "21553"]
    )

    account = db.session.scalars(select(Account)).one()
    role = db.session.scalars(select(Grant.role)).one()
    assert done.exit_code == 0
    assert "Mật khẩu tạm" in done.output
    assert (account.username, account.must_change_password, role) == (
        "h.dih",
        True,
        Role.WARD_LEADER,
    )


def test_a_password_can_be_asked_for(run):
    answers = "con-trau-di-truoc\ncon-trau-di-truoc\n"
    options = ("--name", "An", "--role", "province", "--password-prompt")

    done = run("accounts", "create", "an.tinhdoan", *options, input=answers)

    assert done.exit_code == 0
    assert "con-trau-di-truoc" not in done.output


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ((), 2),
        (("an",), 2),
        (("an", "--name", "An", "--role", "leader"), 2),
        (("an b", "--name", "An", "--role", "admin"), 2),
        (("an.b", "--name", "An", "--role", "king"), 2),
        (("an.b", "--name", "An", "--role", "admin", "--ward", "21553"), 2),
        (("an.b", "--name", "An", "--role", "leader", "--ward", "00000"), 1),
        (("taken", "--name", "An", "--role", "admin"), 1),
    ],
)
def test_an_account_that_cannot_be_made_says_why_on_standard_error(run, arguments, status):
    AccountFactory(username="taken")

    refused = run("accounts", "create", *arguments)

    assert (refused.exit_code, refused.stdout) == (status, "")
    assert refused.stderr
    assert len(db.session.scalars(select(Account)).all()) == 1


def test_the_first_administrator_gets_a_link_only_while_there_is_none(run):
    first = run("accounts", "create", "--first-admin", "--address", "https://daisuso.example/")
    GrantFactory(role=Role.ADMIN, account=AccountFactory(password_hash="set"))
    second = run("accounts", "create", "--first-admin")

    assert first.stdout.startswith("https://daisuso.example/moi/")
    assert (second.exit_code, second.stdout) == (1, "")


def test_an_invitation_is_printed_and_a_stranger_refused(run):
    AccountFactory(username="h.dih")

    assert "/moi/" in run("accounts", "invite", "H.Dih").stdout
    assert run("accounts", "invite", "khong.co").exit_code == 1
    assert len(db.session.scalars(select(OneTimeLink)).all()) == 1


def test_an_account_is_disabled_but_never_the_last_administrator(run):
    AccountFactory(username="h.dih")
    GrantFactory(role=Role.ADMIN, account=AccountFactory(username="admin", password_hash="set"))

    assert run("accounts", "disable", "h.dih").exit_code == 0
    assert run("accounts", "disable", "admin").exit_code == 1
    active = select(Account.username).where(Account.disabled_at.is_(None))
    assert db.session.scalars(active).all() == ["admin"]


def test_accounts_are_listed_with_their_roles(run):
    account = account_with(Role.WARD_LEADER)
    account.username, account.display_name = "h.dih", "Rơ Châm H'Dih"
    db.session.commit()

    listed = run("accounts", "list").stdout

    assert listed == "h.dih\tRơ Châm H'Dih\tđang dùng\tBí thư Đoàn xã/phường, Quy Nhơn Bắc\n"


def test_loading_wards_again_changes_nothing(run):
    done = run("wards", "load")

    assert (done.exit_code, done.stdout) == (0, "Đã có đủ các xã, phường.\n")
    assert len(db.session.scalars(select(Ward.id)).all()) == 135


def test_a_site_without_demonstration_gets_a_link_for_the_first_administrator(run):
    done = run("site", "prepare", "--no-demo", "--port", "8123")

    assert done.exit_code == 0
    assert "http://127.0.0.1:8123/moi/" in done.stdout


def test_a_prepared_site_with_an_administrator_is_left_as_it_is(run):
    GrantFactory(role=Role.ADMIN, account=AccountFactory(password_hash="set"))

    done = run("site", "prepare", "--no-demo")

    assert (done.exit_code, done.output) == (0, "")
    assert db.session.scalars(select(OneTimeLink)).all() == []


def test_a_site_with_real_people_gets_no_demonstration_and_still_starts(run):
    MentorFactory()

    done = run("site", "prepare")

    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr
    assert db.session.scalars(select(Account)).all() == []


def test_serving_without_a_real_key_is_refused(run, flask_app):
    key, flask_app.config["SECRET_KEY"] = flask_app.config["SECRET_KEY"], "short"
    try:
        refused = run("site", "serve")
    finally:
        flask_app.config["SECRET_KEY"] = key

    assert refused.exit_code == 1
    assert "SECRET_KEY" in refused.stderr


def test_a_whole_database_passes_the_check(run):
    with transaction(EVERYWHERE, "mentor_registered"):
        db.session.add(Person(full_name="Siu Phen"))

    done = run("check")

    assert done.exit_code == 0
    assert "nguyên vẹn" in done.stdout


def test_an_altered_row_of_the_log_breaks_the_chain(run):
    for name in ("Siu Phen", "Siu Blơ"):
        with transaction(EVERYWHERE, "mentor_registered"):
            db.session.add(Person(full_name=name))
    tamper("UPDATE changes SET object_id = object_id + 1 WHERE id = 1")

    refused = run("check")

    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "từ dòng số 1" in refused.stderr


@pytest.mark.usefixtures("flask_app")
def test_a_missing_row_of_the_log_breaks_the_chain_after_it():
    for name in ("Siu Phen", "Siu Blơ"):
        with transaction(EVERYWHERE, "mentor_registered"):
            db.session.add(Person(full_name=name))
    tamper("DELETE FROM changes WHERE id = 1")

    assert check_site(EVERYWHERE) == [
        "Nhật ký không còn nguyên vẹn từ dòng số 2: có dòng bị sửa hoặc mất."
    ]


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("database or disk is full", FULL_DISK),
        ("database is locked", "đang bị một chương trình khác giữ"),
        ("no such table: wards", "chưa được chuẩn bị"),
    ],
)
def test_a_failing_database_is_told_in_one_sentence(statement, sentence):
    failure = OperationalError("SELECT 1", {}, Exception(statement))

    with pytest.raises(RefusedError, match=sentence[:20]), one_sentence_for_failures():
        raise failure


@pytest.mark.parametrize(
    "command",
    [
        "wards load",
        "demo load",
        "demo remove",
        "accounts list",
        "accounts disable quantri",
        "roster export danh-sach.xlsx",
        "audit",
        "audit --ward 21553 --format json",
        "check",
    ],
)
def test_a_command_on_a_database_without_tables_says_what_to_run_first(empty_app, command):
    result = empty_app.test_cli_runner().invoke(args=command.split())

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Cơ sở dữ liệu chưa được chuẩn bị.")


def tamper(statement: str) -> None:
    db.session.execute(text(statement))
    db.session.commit()
