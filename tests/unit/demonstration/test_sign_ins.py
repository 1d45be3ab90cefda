"""The file of the sign-ins, as scripts read it."""

from app.demonstration.sign_ins import (
    DemoSignIn,
    make_password,
    read_sign_ins,
    remove_sign_ins,
    write_sign_ins,
)

SIGN_INS = [
    DemoSignIn("admin", "", "demo.quantri", "mot-hai-ba-1234"),
    DemoSignIn("leader", "23575", "demo.bithu.pleiku", "bon-nam-sau-5678"),
]


def test_the_file_has_the_columns_that_scripts_rely_on(tmp_path):
    path = tmp_path / "instance" / "demo-accounts.csv"

    write_sign_ins(path, SIGN_INS)

    assert path.read_text(encoding="utf-8") == (
        "role,ward_code,username,password\n"
        "admin,,demo.quantri,mot-hai-ba-1234\n"
        "leader,23575,demo.bithu.pleiku,bon-nam-sau-5678\n"
    )


def test_only_the_owner_may_read_the_file_even_if_it_stood_open_before(tmp_path):
    path = tmp_path / "demo-accounts.csv"
    path.write_text("", encoding="utf-8")
    path.chmod(0o644)

    write_sign_ins(path, SIGN_INS)

    assert path.stat().st_mode & 0o777 == 0o600


def test_what_was_written_is_read_back_until_it_is_removed(tmp_path):
    path = tmp_path / "demo-accounts.csv"
    write_sign_ins(path, SIGN_INS)

    before = read_sign_ins(path)
    remove_sign_ins(path)

    assert before == SIGN_INS
    assert read_sign_ins(path) == []


def test_passwords_are_long_and_differ():
    passwords = {make_password() for _ in range(50)}

    assert len(passwords) == 50
    assert all(len(password) >= 12 for password in passwords)
