"""Demonstration data comes and goes without a trace, and never meets a site in use."""

import stat
from collections import Counter

import pytest
from sqlalchemy import func, select

from app import clock
from app.access.scope import WardScope
from app.cli.demo import group
from app.demonstration.plan import Size
from app.demonstration.sign_ins import SIGN_INS_FILE, read_sign_ins
from app.errors import RealDataError
from app.queries.audit import audit_scope
from app.queries.demonstration import is_demonstration_site
from app.queries.mentor_links import find_open_link
from app.roster.staging import kept_rows
from app.services.check_site import check_site
from app.services.load_demonstration import load_demonstration
from app.services.mentor_links import issue_mentor_link
from app.services.passwords import is_right_password
from app.services.remove_demonstration import remove_demonstration
from app.services.transaction import transaction
from app.services.use_mentor_link import log_meeting_by_link
from models import (
    Account,
    Base,
    Change,
    Grant,
    Hamlet,
    HelpSession,
    Mentee,
    Mentor,
    Mentorship,
    Person,
    RosterImportPart,
    db,
)
from models.enums import AssessmentSource, Role
from tests.factories.accounts import AccountFactory, GrantFactory, account_with, open_sign_in
from tests.factories.network import (
    HelpSessionFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PersonFactory,
    SkillAssessmentFactory,
)
from tests.factories.rosters import bring_in, rows_file
from tests.unit.demonstration.as_network import made_up_network, report_of

SMALL = {"mentors": 130, "mentees": 700, "sessions": 200}
EVERYWHERE = WardScope.everywhere()


def row_counts():
    """How many rows every table has, soft-deleted ones included."""
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table))
        for table in Base.metadata.sorted_tables
    }


def differences(before, after):
    """The tables whose count changed, and by how many rows."""
    return {name: after[name] - before[name] for name in before if after[name] != before[name]}


def demo_account(role):
    """One of the demonstration accounts."""
    is_wanted = Account.is_demo & (Grant.role == role)
    return db.session.scalars(
        select(Account).join(Grant, Grant.account_id == Account.id).where(is_wanted).limit(1)
    ).one()


def rename(person_id, scope, name):
    """Change a person in a logged transaction."""
    with transaction(scope, "test") as unit:
        person = db.session.get(Person, person_id)
        person.full_name = name
        unit.about(person)
    return unit.receipt


def test_the_accounts_can_sign_in_and_cover_every_role(flask_app):
    sign_ins = load_demonstration(**SMALL)

    hashes = dict(db.session.execute(select(Account.username, Account.password_hash)).all())
    assert [(row.role, row.ward_code) for row in sign_ins] == [
        ("admin", ""),
        ("province", ""),
        ("leader", "23941"),
        ("support", "23941"),
        ("leader", "23575"),
        ("support", "23575"),
        ("leader", "21607"),
        ("support", "21607"),
    ]
    assert all(is_right_password(hashes[row.username], row.password) for row in sign_ins)
    assert is_demonstration_site()


def test_the_database_holds_as_many_as_were_asked_for_and_stays_whole(flask_app):
    load_demonstration(**SMALL)

    assert db.session.scalar(select(func.count(Mentor.id))) == 130
    assert db.session.scalar(select(func.count(func.distinct(Mentee.person_id)))) == 700
    assert db.session.scalar(select(func.count(HelpSession.id))) >= 200
    assert check_site(EVERYWHERE) == []


def test_loading_again_changes_nothing(flask_app):
    load_demonstration(**SMALL)
    before = row_counts()

    again = load_demonstration(**SMALL)

    assert again == []
    assert differences(before, row_counts()) == {}


def test_new_rows_go_on_behind_the_made_up_ones(flask_app):
    load_demonstration(**SMALL)

    person = PersonFactory()
    mentorship = MentorshipFactory()

    assert person.id > 700
    assert mentorship.id > 500


def test_progress_is_told_ward_by_ward(flask_app):
    told = []

    load_demonstration(**SMALL, progress=lambda done, total: told.append((done, total)))

    assert told == [(number, 135) for number in range(1, 136)]


def test_a_site_with_people_gets_no_demonstration(flask_app):
    PersonFactory()

    with pytest.raises(RealDataError):
        load_demonstration(**SMALL)

    assert not is_demonstration_site()


def test_a_site_with_an_account_of_a_leader_gets_no_demonstration(flask_app):
    account_with(Role.WARD_LEADER)

    with pytest.raises(RealDataError):
        load_demonstration(**SMALL)


def test_a_site_that_has_only_its_administrator_may_be_tried_out(flask_app):
    account_with(Role.ADMIN)

    assert load_demonstration(**SMALL) != []


def test_removal_leaves_no_row_behind(flask_app):
    before = row_counts()
    load_demonstration(**SMALL)

    removed = remove_demonstration()

    assert differences(before, row_counts()) == {}
    assert removed.rows["mentors"] == 130
    assert removed.real_rows == {}
    assert not is_demonstration_site()


def test_removal_on_a_site_without_demonstration_does_nothing(flask_app):
    PersonFactory()
    before = row_counts()

    removed = remove_demonstration()

    assert removed == ({}, {})
    assert differences(before, row_counts()) == {}


def test_real_rows_stay_untouched(flask_app):
    before = row_counts()
    load_demonstration(**SMALL)
    made_up = differences(before, row_counts())
    account_with(Role.PROVINCE)
    mentorship = MentorshipFactory()
    session = HelpSessionFactory(
        reported_in_id=db.session.scalar(select(HelpSession.reported_in_id))
    )
    with_real_rows = row_counts()

    removed = remove_demonstration()

    expected = {name: count - made_up.get(name, 0) for name, count in with_real_rows.items()}
    expected["reporting_periods"] = row_counts()["reporting_periods"]
    assert row_counts() == expected
    assert removed.real_rows == {}
    assert db.session.get(Mentorship, mentorship.id).mentee_id == mentorship.mentee_id
    assert db.session.get(HelpSession, session.id) is not None


def test_a_real_pairing_with_a_made_up_mentor_goes_and_is_reported(flask_app):
    load_demonstration(**SMALL)
    mentor = db.session.scalars(select(Mentor).where(Mentor.ended_on.is_(None)).limit(1)).one()
    mentee = MenteeFactory(ward=mentor.ward)
    MentorshipFactory(mentor=mentor, mentee=mentee)
    mentee_id = mentee.id

    removed = remove_demonstration()

    db.session.expire_all()
    assert removed.real_rows == {"mentorships": 1}
    assert db.session.get(Mentee, mentee_id) is not None
    assert db.session.scalar(select(func.count(Mentorship.id))) == 0


def test_what_a_demonstration_account_entered_goes_even_on_real_people(flask_app):
    load_demonstration(**SMALL)
    leader_id = demo_account(Role.WARD_LEADER).id
    mentor = MentorFactory(entered_by_id=leader_id)
    person_id = mentor.person_id

    remove_demonstration()

    assert db.session.get(Person, person_id) is not None
    assert db.session.scalar(select(func.count(Mentor.id))) == 0


def test_links_of_made_up_mentors_go_and_what_they_said_of_real_people(flask_app):
    load_demonstration(**SMALL)
    mentor = db.session.scalars(select(Mentor).where(Mentor.ended_on.is_(None)).limit(1)).one()
    pair = MentorshipFactory(mentor=mentor, mentee=MenteeFactory(ward=mentor.ward))
    told = {"said_by": AssessmentSource.MENTOR, "mentor_id": mentor.id}
    SkillAssessmentFactory(mentee=pair.mentee, **told)
    token = issue_mentor_link(WardScope.everywhere(), mentor.id).token
    with flask_app.test_request_context():
        link = find_open_link(token, now=clock.now(), day=clock.today())
        log_meeting_by_link(link, pair.id)

    removed = remove_demonstration()

    counts = row_counts()
    assert [counts[name] for name in ("mentor_links", "mentor_link_uses", "contacts")] == [0, 0, 0]
    assert removed.real_rows["skill_assessments"] == 1


def test_a_real_person_keeps_the_hamlet_they_live_in(flask_app):
    load_demonstration(**SMALL)
    hamlet_id = db.session.scalar(select(Hamlet.id).limit(1))
    person_id = PersonFactory(hamlet_id=hamlet_id).id

    remove_demonstration()

    db.session.expire_all()
    assert db.session.get(Person, person_id).hamlet_id == hamlet_id
    assert db.session.scalar(select(func.count(Hamlet.id))) == 1


def test_the_kept_rows_of_a_real_file_name_no_made_up_person_any_more(flask_app):
    load_demonstration(**SMALL)
    mentor = db.session.scalars(select(Mentor).where(Mentor.ended_on.is_(None)).limit(1)).one()
    known = [mentor.person.full_name, "mentor", mentor.person.birth_year, mentor.person.phone]
    bring_in(rows_file(known, ["Siu Phen", "mentor", 1990]), ward_code=mentor.ward.code)
    part = db.session.scalars(select(RosterImportPart).order_by(RosterImportPart.id)).all()[-1]
    named_before = [row.person_id for row in kept_rows([part.content])]
    made_up_id = mentor.person_id

    remove_demonstration()

    real_id = db.session.scalar(select(Person.id))
    db.session.expire_all()
    assert named_before == [made_up_id, real_id]
    assert [row.person_id for row in kept_rows([part.content])] == [None, real_id]


def test_a_real_account_outlives_the_one_that_made_it(flask_app):
    load_demonstration(**SMALL)
    account = AccountFactory()
    GrantFactory(account=account, granted_by_id=demo_account(Role.ADMIN).id)
    open_sign_in(demo_account(Role.ADMIN))
    account_id = account.id

    remove_demonstration()

    grants = db.session.execute(select(Grant.account_id, Grant.granted_by_id)).all()
    assert grants == [(account_id, None)]


def test_the_log_of_real_changes_stays_and_its_chain_is_whole(flask_app):
    load_demonstration(**SMALL)
    made_up_id = db.session.scalar(select(Person.id).limit(1))
    person_id = PersonFactory().id
    account_id = account_with(Role.PROVINCE).id
    real, tried = (
        WardScope.everywhere(account_id),
        WardScope.everywhere(demo_account(Role.PROVINCE).id),
    )
    rename(person_id, real, "Trần Thị Bảy")
    rename(person_id, tried, "Trần Thị Bẩy")
    rename(made_up_id, real, "Lê Văn Sáu")
    rename(person_id, real, "Trần Thị Bảy")

    remove_demonstration()

    logged = db.session.execute(select(Change.object_id, Change.account_id)).all()
    assert logged == [(person_id, account_id)] * 2
    assert check_site(EVERYWHERE) == []


def test_the_demonstration_can_be_loaded_again_after_its_removal(flask_app):
    load_demonstration(**SMALL)
    remove_demonstration()

    assert load_demonstration(**SMALL) != []
    assert check_site(EVERYWHERE) == []


def test_the_command_writes_the_sign_ins_for_its_owner_alone(flask_app, tmp_path, monkeypatch):
    monkeypatch.setattr(flask_app, "instance_path", str(tmp_path))
    runner = flask_app.test_cli_runner()
    size = ["--mentors", "130", "--mentees", "700", "--sessions", "200"]

    result = runner.invoke(group, ["load", *size])

    path = tmp_path / SIGN_INS_FILE
    assert result.exit_code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(read_sign_ins(path)) == 8
    assert all(row.password in result.output for row in read_sign_ins(path))


def test_loading_again_by_command_leaves_the_file_alone(flask_app, tmp_path, monkeypatch):
    monkeypatch.setattr(flask_app, "instance_path", str(tmp_path))
    load_demonstration(**SMALL)

    result = flask_app.test_cli_runner().invoke(group, ["load"])

    assert result.exit_code == 0
    assert "đã có sẵn" in result.output
    assert not (tmp_path / SIGN_INS_FILE).exists()


def test_the_command_removes_rows_and_file(flask_app, tmp_path, monkeypatch):
    monkeypatch.setattr(flask_app, "instance_path", str(tmp_path))
    (tmp_path / SIGN_INS_FILE).write_text("role,ward_code,username,password\n", encoding="utf-8")
    load_demonstration(**SMALL)

    result = flask_app.test_cli_runner().invoke(group, ["remove"])

    assert result.exit_code == 0
    assert "130 lượt đăng ký mentor" in result.output
    assert not (tmp_path / SIGN_INS_FILE).exists()
    assert not is_demonstration_site()


def test_the_command_refuses_a_site_in_use_with_one_sentence(flask_app):
    PersonFactory()

    result = flask_app.test_cli_runner().invoke(group, ["load"])

    assert result.exit_code == 1
    assert "đã có dữ liệu thật" in result.stderr
    assert result.stdout == ""


def test_the_audit_of_the_database_finds_what_the_made_up_network_holds(flask_app):
    today = clock.today()
    size = Size(**SMALL)
    load_demonstration(**SMALL)

    found = audit_scope(EVERYWHERE, today)

    expected = report_of(made_up_network(today=today, size=size), today=today)
    assert found.totals == expected.totals
    assert [ward.status for ward in found.wards] == [ward.status for ward in expected.wards]
    assert Counter(finding.rule for finding in found.findings) == Counter(
        finding.rule for finding in expected.findings
    )
