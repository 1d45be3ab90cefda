"""The network of today that a process keeps tells what a reading of all rows would tell."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial

import pytest
import time_machine
from sqlalchemy import func, select, text, update

from app import clock
from app.access.scope import WardScope
from app.cli.reading_ahead import ReaderAhead
from app.database import sqlite_file
from app.errors import OutOfScopeError
from app.queries import change_feed, kept_network
from app.queries.audit import audit_scope, audit_ward
from app.queries.kept_changes import FOLLOWED_KINDS, REBUILDING_KINDS
from app.queries.network import network_rows
from app.queries.settings import get_settings
from app.services.change_recording import TRACKED
from app.services.load_demonstration import load_demonstration
from app.services.remove_demonstration import remove_demonstration
from app.services.transaction import transaction
from graphs.audit import audit
from graphs.network import build_network
from graphs.standing import ward_standings
from models import Base, Mentor, Person, db
from tests.conftest import make_app
from tests.factories.base import any_ward
from tests.factories.network import MentorFactory
from tests.factories.site import WARD_CODES, RandomSite
from tests.factories.steps import RandomSteps

EVERYWHERE = WardScope.everywhere()
STEPS = 60
TOMORROW = date(2026, 7, 1)


@pytest.fixture(autouse=True)
def last_day_of_june():
    with time_machine.travel("2026-06-30T03:00:00Z", tick=False):
        yield


def cold_audit(scope=EVERYWHERE):
    """The audit from all rows, read now."""
    today = clock.today()
    settings = get_settings(today)
    rows = network_rows(scope, today, default_capacity=settings.default_capacity)
    network = build_network(rows, as_of=today)
    return audit(network, settings.thresholds), ward_standings(network, settings.thresholds)


def kept_audit():
    wards = [any_ward(code).id for code in WARD_CODES]
    today = clock.today()
    standings = [audit_ward(EVERYWHERE, ward_id, today).standing for ward_id in wards]
    return audit_scope(EVERYWHERE, today), sorted(standings, key=lambda ward: ward.row.code)


def assert_kept_tells_what_all_rows_tell(after):
    kept_report, kept_standings = kept_audit()
    report, standings = cold_audit()
    assert kept_report.wards == report.wards, after
    assert kept_report == report, after
    assert kept_standings == [ward for ward in standings if ward.row.code in WARD_CODES], after


def kept():
    """What is kept of this database, as an object."""
    return kept_network._places[db.engine].kept.live


@pytest.mark.parametrize("seed", range(3))
def test_after_every_step_the_kept_network_tells_what_all_rows_tell(flask_app, seed):
    RandomSite(seed).fill()
    steps = RandomSteps(seed)
    assert_kept_tells_what_all_rows_tell("the beginning")
    first = kept()

    for _ in range(STEPS):
        step = steps.take()
        assert_kept_tells_what_all_rows_tell(step)

    assert kept() is first


def test_a_setting_of_today_changes_every_figure_at_once(flask_app):
    RandomSite(0).fill()
    assert_kept_tells_what_all_rows_tell("the beginning")

    RandomSteps(0).change_setting()

    assert_kept_tells_what_all_rows_tell("the setting")


def test_an_import_is_followed_like_any_other_change(flask_app):
    RandomSite(0).fill()
    assert_kept_tells_what_all_rows_tell("the beginning")
    first = kept()

    RandomSteps(0).import_list()

    assert_kept_tells_what_all_rows_tell("the import")
    assert kept() is first


def test_after_more_changes_than_one_looks_up_everything_is_read_anew(flask_app, monkeypatch):
    RandomSite(0).fill()
    assert_kept_tells_what_all_rows_tell("the beginning")
    first = kept()
    monkeypatch.setattr(change_feed, "MOST_CHANGES", 3)

    RandomSteps(0).import_list()

    assert_kept_tells_what_all_rows_tell("the import")
    assert kept() is not first


def test_what_a_test_or_a_command_writes_past_the_log_shows_at_once(flask_app):
    assert_kept_tells_what_all_rows_tell("the beginning")

    mentor_id = MentorFactory().id
    assert_kept_tells_what_all_rows_tell("an object")
    db.session.execute(update(Mentor).where(Mentor.id == mentor_id).values(ended_on=TOMORROW))
    db.session.commit()
    assert_kept_tells_what_all_rows_tell("a statement")
    db.session.execute(text("UPDATE mentors SET deleted_at = entered_at"))
    db.session.commit()

    assert_kept_tells_what_all_rows_tell("a text")


def test_the_demonstration_shows_when_it_comes_and_when_it_goes(flask_app):
    assert_kept_tells_what_all_rows_tell("the beginning")

    load_demonstration(mentors=20, mentees=100, sessions=200)
    assert_kept_tells_what_all_rows_tell("the load")
    remove_demonstration()

    assert_kept_tells_what_all_rows_tell("the removal")


def test_what_another_process_writes_shows_at_the_next_look(flask_app, tmp_path):
    RandomSite(0).fill()
    assert_kept_tells_what_all_rows_tell("the beginning")
    first = kept()

    other = make_app(db.engine.url.render_as_string(hide_password=False), tmp_path)
    with other.app_context():
        RandomSteps(0).register()
        db.session.remove()
        db.engine.dispose()

    assert_kept_tells_what_all_rows_tell("the other process")
    assert kept() is first


def test_another_database_in_the_place_of_this_one_is_read_anew(flask_app, tmp_path):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps no file to put in place")
    file, copy = sqlite_file(db.engine), tmp_path / "copy.sqlite"
    RandomSite(0).fill()
    RandomSteps(0).register()
    empty_log(copy)
    RandomSteps(1).register()
    assert_kept_tells_what_all_rows_tell("the beginning")

    empty_log(file, copy)

    assert_kept_tells_what_all_rows_tell("the backup")


def empty_log(target, source=None):
    """Write SQLite's log into the file, and copy the file, or another one over it."""
    file = sqlite_file(db.engine)
    db.session.remove()
    with db.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    db.engine.dispose()
    shutil.copy(source or file, target)


def test_at_midnight_the_next_day_begins(flask_app):
    RandomSite(0).fill()

    for moment in ("2026-06-30T16:59:59Z", "2026-06-30T17:00:00Z", "2026-12-31T17:00:00Z"):
        with time_machine.travel(moment, tick=False):
            assert_kept_tells_what_all_rows_tell(moment)


def test_a_past_day_is_not_answered_from_today(flask_app):
    RandomSite(0).fill()
    audit_scope(EVERYWHERE, clock.today())

    report = audit_scope(EVERYWHERE, date(2026, 1, 1))

    assert report.as_of == date(2026, 1, 1)


def test_readers_of_one_ward_get_nothing_of_another(flask_app):
    RandomSite(0).fill()
    audit_scope(EVERYWHERE, clock.today())
    scope = WardScope.of([any_ward(WARD_CODES[0]).id])

    report = audit_scope(scope, clock.today())

    assert report == cold_audit(scope)[0]
    assert {ward.code for ward in report.wards} == {WARD_CODES[0]}
    assert {finding.ward for finding in report.findings} == {WARD_CODES[0]}
    with pytest.raises(OutOfScopeError):
        audit_ward(scope, any_ward(WARD_CODES[1]).id, clock.today())


def test_readers_of_one_ward_do_not_wait_for_the_whole_network(flask_app):
    RandomSite(0).fill()
    scope = WardScope.of([any_ward(WARD_CODES[0]).id])

    report = audit_scope(scope, clock.today())

    assert report == cold_audit(scope)[0]
    with kept_network.kept_network(scope, clock.today()) as network:
        assert network is None


def test_within_a_unit_of_work_its_own_rows_count(flask_app):
    RandomSite(0).fill()
    before = audit_scope(EVERYWHERE, clock.today()).totals.mentors

    with transaction(EVERYWHERE, "registered"):
        person = Person(full_name="Nay H'Ly", birth_year=1990)
        ward = any_ward(WARD_CODES[0])
        db.session.add(Mentor(person=person, ward=ward, started_on=clock.today()))
        db.session.flush()
        within = audit_scope(EVERYWHERE, clock.today()).totals.mentors

    assert within == before + 1
    assert_kept_tells_what_all_rows_tell("the unit of work")


def test_who_began_to_read_earlier_than_others_wrote_sees_the_present(flask_app):
    RandomSite(0).fill()
    assert_kept_tells_what_all_rows_tell("the beginning")
    first = kept()
    RandomSteps(0).register()
    db.session.scalar(select(func.count(Person.id)))  # from here on it sees the rows of now

    with ThreadPoolExecutor(1) as others:
        others.submit(in_thread, flask_app, lambda: RandomSteps(1).register()).result()
        others.submit(in_thread, flask_app, lambda: audit_scope(EVERYWHERE, clock.today())).result()

    assert_kept_tells_what_all_rows_tell("another reader's look")
    assert kept() is first


def test_after_midnight_no_visitor_waits_for_the_network_of_the_new_day(flask_app):
    RandomSite(0).fill()
    ahead = ReaderAhead(flask_app)
    ahead.look()
    with time_machine.travel("2026-06-30T17:00:01Z", tick=False):
        ahead.look()

        assert kept_network._place().kept.day == clock.today() == TOMORROW
        assert_kept_tells_what_all_rows_tell("the new day")


def test_who_reads_ahead_follows_changes_and_keeps_what_is_there(flask_app):
    RandomSite(0).fill()
    ahead = ReaderAhead(flask_app)
    ahead.look()
    first = kept()
    RandomSteps(0).register()

    ahead.look()

    assert kept() is first
    assert_kept_tells_what_all_rows_tell("a change")


def test_many_threads_at_once_read_and_write_and_see_the_same_in_the_end(flask_app):
    RandomSite(0).fill()
    audit_scope(EVERYWHERE, clock.today())
    first = kept()
    scope = WardScope.of([any_ward(WARD_CODES[0]).id])

    def live(number):
        steps = RandomSteps(number)
        for _ in range(5):
            steps.help_somebody()
            audit_scope(EVERYWHERE if number % 2 else scope, clock.today())

    with ThreadPoolExecutor(6) as people:
        for task in [people.submit(in_thread, flask_app, partial(live, n)) for n in range(6)]:
            task.result()

    assert_kept_tells_what_all_rows_tell("everybody")
    assert kept() is first


def in_thread(flask_app, task):
    """Do something as another thread of the same process does it."""
    with flask_app.app_context():
        try:
            return task()
        finally:
            db.session.remove()


def test_each_table_of_the_log_is_followed_rebuilds_or_does_not_matter():
    tracked = {
        mapper.class_.__tablename__
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, TRACKED)
    }

    assert tracked == FOLLOWED_KINDS | REBUILDING_KINDS | IRRELEVANT_KINDS


IRRELEVANT_KINDS = {
    "account_people",
    "accounts",
    "activities",
    "activity_hosts",
    "activity_people",
    "activity_tags",
    "activity_turns",
    "consents",
    "duty_holidays",
    "duty_leaves",
    "duty_patterns",
    "follow_ups",
    "grants",
    "hamlets",
    "heading_meanings",
    "help_session_groups",
    "languages",
    "obstacles",
    "person_groups",
    "person_languages",
    "person_merges",
    "person_tags",
    "procedures",
    "report_drafts",
    "reporting_periods",
    "saved_views",
    "session_bundles",
    "plan_targets",
    "skill_assessments",
    "skills",
    "tags",
    "target_groups",
    "vneid_confirmations",
    "ward_requests",
    "weekly_topics",
}
