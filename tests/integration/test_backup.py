"""The drill: a backup while people write, a site that is lost, and everything back as it was."""

import json
import shutil
import sqlite3
import stat
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
import time_machine
from sqlalchemy import NullPool, create_engine, event, select

from app.access.scope import WardScope
from app.database import sqlite_file
from app.exchange.backup_file import (
    DATABASE,
    MANIFEST,
    BackupFault,
    BadBackupError,
    digest_of,
    unpack_backup,
)
from app.queries.audit import audit_scope
from app.services.back_up_site import back_up_site
from app.services.check_site import check_site
from app.services.issue_link import issue_link
from app.services.mentor_links import end_mentor_link, issue_mentor_link
from app.services.restore_site import LATER, NotRestoredError, RestoreFault, restore_site
from models import Erasure, HelpSession, Mentor, MentorLink, OneTimeLink, Person, SignIn, db
from models.enums import Role
from tests.factories.accounts import account_with
from tests.factories.network import HelpSessionFactory, MentorFactory, PersonFactory
from tests.factories.site import RandomSite

EVERYWHERE = WardScope.everywhere()


@pytest.fixture
def folder(flask_app, tmp_path):
    """A folder for backups, of the test alone."""
    return tmp_path


@pytest.fixture
def backup(folder):
    """A backup of a random site."""
    RandomSite(3).fill()
    path = folder / "a.zip"
    back_up_site(EVERYWHERE, path)
    return path


@pytest.fixture
def small_backup(folder):
    """A backup of a mentor and a turn of help."""
    MentorFactory()
    HelpSessionFactory()
    path = folder / "a.zip"
    back_up_site(EVERYWHERE, path)
    return path


def restore(path, *, replace=True):
    db.session.rollback()
    return restore_site(EVERYWHERE, path, replace=replace, saved=path.with_name("saved.zip"))


def packed(path):
    """The database within a backup and what the manifest says."""
    with ZipFile(path) as archive:
        return archive.read(DATABASE), json.loads(archive.read(MANIFEST))


def repack(path, *, database=None, extra=None, **changed):
    """Write a backup anew with something wrong in it."""
    content, manifest = packed(path)
    with ZipFile(path, "w") as archive:
        archive.writestr(DATABASE, content if database is None else database)
        archive.writestr(MANIFEST, json.dumps(manifest | changed))
        if extra:
            archive.writestr(extra, "x")


def test_the_drill_brings_everything_back_and_saves_what_was_there(backup):
    day = db.session.scalar(select(Mentor.started_on).limit(1))
    before = audit_scope(EVERYWHERE, day)
    db.session.delete(db.session.scalars(select(HelpSession)).first())
    newcomer = PersonFactory().full_name
    db.session.commit()

    restored = restore(backup)

    assert audit_scope(EVERYWHERE, day) == before
    assert check_site(EVERYWHERE) == []
    assert restored.manifest.counts["persons"] == restored.counts["persons"]
    assert db.session.scalar(select(Person).where(Person.full_name == newcomer)) is None
    restore(restored.saved)
    assert db.session.scalar(select(Person).where(Person.full_name == newcomer)) is not None


def test_new_rows_get_new_numbers_after_a_restore(backup):
    last = max(db.session.scalars(select(Person.id)))

    restore(backup)
    person = PersonFactory()
    db.session.commit()

    assert person.id > last


def test_everybody_signs_in_again(flask_app, folder, sign_in):
    client = sign_in(account_with(Role.PROVINCE))
    assert client.get("/tong-quan").status_code == 200
    path = folder / "a.zip"
    back_up_site(EVERYWHERE, path)

    restore(path)

    assert client.get("/tong-quan").status_code == 302
    assert all(db.session.scalars(select(SignIn.ended_at)))


def test_a_backup_while_people_write_is_of_one_moment(flask_app, folder):
    """A person is written and then the role: nobody has a role without being there."""
    stop, written = Event(), []

    def write():
        with flask_app.app_context():
            while not stop.is_set():
                MentorFactory()
                db.session.commit()
                written.append(1)

    thread = Thread(target=write)
    thread.start()
    try:
        while len(written) < 3:
            assert thread.is_alive()
        paths = [folder / f"{number}.zip" for number in range(3)]
        held = [back_up_site(EVERYWHERE, path).counts for path in paths]
    finally:
        stop.set()
        thread.join()

    assert all(counts["persons"] - counts["mentors"] in {0, 1} for counts in held)
    assert held[0]["mentors"] >= 3
    restore(paths[-1])
    assert len(db.session.scalars(select(Mentor)).all()) == held[-1]["mentors"]


def test_recorded_data_are_not_replaced_without_saying_so(small_backup):
    with pytest.raises(NotRestoredError) as refused:
        restore(small_backup, replace=False)

    assert refused.value.fault is RestoreFault.HAS_DATA
    assert not small_backup.with_name("saved.zip").exists()


def test_only_its_owner_reads_a_backup(small_backup):
    assert stat.S_IMODE(small_backup.stat().st_mode) == 0o600
    assert [path.name for path in small_backup.parent.iterdir()] == ["a.zip"]


WRONG = [
    ({"database": b"SQLite format 3\0"}, BackupFault.DAMAGED),
    ({"sha256": "0" * 64}, BackupFault.DAMAGED),
    ({"revision": "9999"}, BackupFault.NEWER),
    ({"format": 2}, BackupFault.NEWER),
    ({"surprise": 1}, BackupFault.DAMAGED),
    ({"counts": {"persons": 777}}, BackupFault.ROWS_MISSING),
    ({"counts": {}}, BackupFault.ROWS_MISSING),
    ({"counts": None}, BackupFault.DAMAGED),
    ({"made_at": "x"}, BackupFault.DAMAGED),
    ({"extra": "../../etc/passwd"}, BackupFault.NO_BACKUP),
]


def test_a_wrong_backup_changes_nothing(small_backup):
    people, whole = len(db.session.scalars(select(Person)).all()), small_backup.read_bytes()
    for wrong, fault in WRONG:
        small_backup.write_bytes(whole)
        repack(small_backup, **wrong)
        with pytest.raises(BadBackupError) as refused:
            restore(small_backup)
        assert (wrong, refused.value.fault) == (wrong, fault)

    assert len(db.session.scalars(select(Person)).all()) == people


def test_a_file_that_is_cut_off_is_no_backup(small_backup):
    small_backup.write_bytes(small_backup.read_bytes()[:-100])

    with pytest.raises(BadBackupError) as refused:
        restore(small_backup)

    assert refused.value.fault is BackupFault.NO_BACKUP


def test_whatever_bytes_are_overwritten_it_is_refused_or_whole(small_backup):
    whole, (database, _manifest) = small_backup.read_bytes(), packed(small_backup)
    refused = 0
    for place in range(0, len(whole), len(whole) // 40):
        small_backup.write_bytes(whole[:place] + b"\xff\x07" * 4 + whole[place + 8 :])
        folder = Path(tempfile.mkdtemp(dir=small_backup.parent))
        try:
            unpacked, _manifest = unpack_backup(small_backup, folder)
        except BadBackupError:
            refused += 1
        else:
            # The bytes were of no account, as those of a time within the zip.
            assert unpacked.read_bytes() == database

    assert refused >= 35


def test_an_index_that_points_before_the_file_is_damage_and_no_fault_of_the_disk(small_backup):
    content = bytearray(small_backup.read_bytes())
    # Where the index begins, as the last lines of a zip tell it: APPNOTE.TXT 4.3.16.
    content[-6:-2] = (10**9).to_bytes(4, "little")
    small_backup.write_bytes(content)

    with pytest.raises(BadBackupError) as refused:
        restore(small_backup)

    assert refused.value.fault is BackupFault.DAMAGED


def test_what_has_no_room_is_not_unpacked(small_backup, monkeypatch):
    room = SimpleNamespace(free=1_000)
    monkeypatch.setattr("app.exchange.backup_file.shutil.disk_usage", lambda _folder: room)

    with pytest.raises(BadBackupError) as refused:
        restore(small_backup)

    assert refused.value.fault is BackupFault.TOO_LARGE


def test_links_that_were_used_or_switched_off_stay_so(folder):
    mentor_id, kept_id = MentorFactory().id, MentorFactory().id
    for each in (mentor_id, kept_id):
        issue_mentor_link(EVERYWHERE, each)
    issue_link(EVERYWHERE, account_with(Role.PROVINCE).id)
    path = folder / "a.zip"
    back_up_site(EVERYWHERE, path)
    end_mentor_link(EVERYWHERE, mentor_id)

    restore(path)

    links = {link.mentor_id: link.ended_at for link in db.session.scalars(select(MentorLink))}
    assert links[mentor_id] is not None
    assert links[kept_id] is None
    assert all(db.session.scalars(select(OneTimeLink.used_at)))


def test_the_ledger_of_erasures_is_longer_than_any_backup(small_backup):
    for day in (1, 2):
        erased_at = datetime(2026, 3, day, tzinfo=UTC)
        db.session.add(Erasure(person_id=day, erased_at=erased_at, erased_by_id=None))
    db.session.commit()

    restored = restore(small_backup)
    restore(restored.saved)

    assert sorted(db.session.scalars(select(Erasure.person_id))) == [1, 2]


def test_a_server_that_somebody_else_is_connected_to_is_not_replaced(small_backup):
    if sqlite_file(db.engine) is not None:
        pytest.skip("a file has a test of its own")
    with create_engine(db.engine.url, poolclass=NullPool).connect() as other:
        other.execute(select(1))
        with pytest.raises(NotRestoredError) as refused:
            restore(small_backup)

    assert refused.value.fault is RestoreFault.IN_USE


def test_a_client_that_hangs_up_meanwhile_keeps_nobody_from_restoring(small_backup):
    if sqlite_file(db.engine) is not None:
        pytest.skip("a file has a test of its own")
    other = create_engine(db.engine.url, poolclass=NullPool).connect()
    other.execute(select(1))

    def hang_up(_connection, _cursor, statement, *_more):
        if statement == str(LATER) and not other.closed:
            other.close()

    event.listen(db.engine, "before_cursor_execute", hang_up)
    try:
        restore(small_backup)
    finally:
        event.remove(db.engine, "before_cursor_execute", hang_up)

    assert other.closed


def test_the_newest_backups_of_a_folder_stay(small_backup, flask_app):
    runner, folder = flask_app.test_cli_runner(), small_backup.parent
    strange = folder / "sao-luu-cua-toi.zip"
    strange.write_bytes(b"?")
    for day in (3, 4, 5):
        with time_machine.travel(f"2026-03-0{day} 02:00+07:00", tick=False):
            assert runner.invoke(args=["backup", str(folder), "--keep", "2"]).exit_code == 0

    names = sorted(path.name for path in folder.glob("sao-luu-*"))
    assert names == ["sao-luu-20260304-020000.zip", "sao-luu-20260305-020000.zip", strange.name]


def test_data_that_the_check_finds_wrong_are_not_restored(small_backup, folder):
    with ZipFile(small_backup) as archive:
        archive.extract(DATABASE, folder)
    with sqlite3.connect(folder / DATABASE) as connection:
        connection.execute("UPDATE help_sessions SET ward_id = 999999 WHERE id = 1")

    content = (folder / DATABASE).read_bytes()
    repack(small_backup, database=content, sha256=digest_of(folder / DATABASE))

    with pytest.raises(NotRestoredError) as refused:
        restore(small_backup)

    assert refused.value.fault is RestoreFault.UNSOUND
    assert refused.value.problems


def test_a_site_that_somebody_has_open_is_not_replaced(small_backup):
    file = sqlite_file(db.engine)
    if file is None:
        pytest.skip("PostgreSQL waits for its locks instead")
    other = sqlite3.connect(file)
    other.execute("SELECT count(*) FROM persons").fetchone()
    try:
        with pytest.raises(NotRestoredError) as refused:
            restore(small_backup)
    finally:
        other.close()

    assert refused.value.fault is RestoreFault.IN_USE
    restore(small_backup)


def test_a_site_whose_file_is_ruined_comes_back(small_backup):
    file = sqlite_file(db.engine)
    if file is None:
        pytest.skip("PostgreSQL has no file of ours")
    expected = len(db.session.scalars(select(HelpSession)).all())
    db.session.remove()
    db.engine.dispose()
    for path in file.parent.glob(f"{file.name}-*"):
        path.unlink()
    file.unlink()

    restore(small_backup, replace=False)

    assert len(db.session.scalars(select(HelpSession)).all()) == expected
    assert check_site(EVERYWHERE) == []


def test_a_file_that_is_no_database_any_more_is_kept_and_replaced(small_backup):
    file = sqlite_file(db.engine)
    if file is None:
        pytest.skip("PostgreSQL has no file of ours")
    db.session.remove()
    db.engine.dispose()
    for path in file.parent.glob(f"{file.name}-*"):
        path.unlink()
    file.write_bytes(b"ruined" * 10_000)

    with pytest.raises(NotRestoredError):
        restore(small_backup, replace=False)
    restored = restore(small_backup)

    assert restored.saved.read_bytes() == b"ruined" * 10_000
    assert check_site(EVERYWHERE) == []


def test_the_commands_speak_in_sentences(small_backup, flask_app):
    runner = flask_app.test_cli_runner()
    names = Path(shutil.copy(small_backup, small_backup.with_name("b.zip")))

    again = runner.invoke(args=["backup", str(names)])
    missing = runner.invoke(args=["restore", str(small_backup.with_name("none.zip"))])
    refused = runner.invoke(args=["restore", str(names)])

    assert (again.exit_code, missing.exit_code, refused.exit_code) == (1, 2, 1)
    assert "Đã có tệp" in again.output
    assert "thêm --replace" in refused.output
    HelpSessionFactory()
    db.session.commit()
    done = runner.invoke(args=["restore", str(names), "--replace"])
    assert done.exit_code == 0, done.output
    assert "Đã phục hồi bản sao lưu lúc" in done.output


def test_a_schema_is_changed_only_after_a_backup(flask_app, monkeypatch, tmp_path):
    if sqlite_file(db.engine) is None:
        pytest.skip("a server has tools of its own")
    monkeypatch.setattr("app.cli.site.is_behind", lambda: True)
    monkeypatch.setattr(flask_app, "instance_path", str(tmp_path))

    answer = flask_app.test_cli_runner().invoke(args=["site", "prepare", "--no-demo"])

    assert answer.exit_code == 0
    [saved] = tmp_path.glob("backups/truoc-khi-nang-cap-*.zip")
    assert packed(saved)[1]["counts"]["wards"] == 135
