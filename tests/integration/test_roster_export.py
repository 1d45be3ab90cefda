"""What is exported comes back without a change; whatever came in once changes nothing again."""

from datetime import date

import pytest
import time_machine
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.access.scope import WardScope
from app.exchange.records import RosterRole, RosterRow
from app.exchange.roster_workbook import write_roster
from app.queries.roster_export import list_roster_rows
from app.services.import_roster import import_roster
from models import (
    Batch,
    Language,
    PersonGroup,
    PersonLanguage,
    TargetGroup,
    db,
)
from models.enums import ConsentMethod, Gender, GroupBasis
from tests.factories.base import any_ward
from tests.factories.network import (
    ENTERED_AT,
    ConsentFactory,
    MenteeFactory,
    MentorCapacityFactory,
    MentorFactory,
    MentorshipFactory,
    PersonFactory,
    SupportPostFactory,
    end_reason,
)
from tests.factories.rosters import outcomes

pytestmark = pytest.mark.usefixtures("flask_app")
EVERYWHERE = WardScope.everywhere()
MARCH = date(2026, 3, 1)
GRAI = "23764"


@pytest.fixture(autouse=True)
def midday():
    with time_machine.travel("2026-03-10T05:00:00Z", tick=False):
        yield


def come_back(scope: WardScope = EVERYWHERE, ward_id: int | None = None):
    """Export the scope and import the file into the same database."""
    content = write_roster(list_roster_rows(scope))
    return import_roster(scope, content, "danh-sach.xlsx", ward_id=ward_id)


def a_network_with_everything() -> None:
    """Ended roles, two roles, two mentorships over time, bare names, a mentor of another ward."""
    grai = any_ward(GRAI)
    phen = PersonFactory(full_name="Siu Phen", phone="+84912000001", gender=Gender.MALE)
    mentor = MentorFactory(person=phen)
    MentorCapacityFactory(mentor=mentor, capacity=7)
    SupportPostFactory(person=phen)
    thoan = PersonFactory(full_name="Ksor H'Thoan", birth_year=None)
    left = MentorFactory(
        person=thoan, ended_on=MARCH, end_reason=end_reason("term_ended"), ward=grai
    )
    MentorFactory(person=thoan, started_on=date(2026, 3, 5), ward=grai)
    dih = PersonFactory(full_name="Rơ Châm Dih", birth_year=None, note="Nhà gần chợ; =1+1")
    learner = MenteeFactory(person=dih)
    MentorshipFactory(
        mentor=left, mentee=learner, ended_on=MARCH, end_reason=end_reason("mentor_changed")
    )
    MentorshipFactory(mentor=mentor, mentee=learner, started_on=MARCH)
    abroad = MenteeFactory(person=PersonFactory(full_name="Đinh Hrê", birth_year=1960), ward=grai)
    MentorshipFactory(mentor=mentor, mentee=abroad)
    done = MenteeFactory(
        person=PersonFactory(full_name="Kpă Nay", birth_year=1955),
        ended_on=MARCH,
        end_reason=end_reason("completed"),
    )
    MentorshipFactory(
        mentor=mentor, mentee=done, ended_on=MARCH, end_reason=end_reason("completed")
    )
    ConsentFactory(person=dih)
    db.session.add_all(
        [
            PersonLanguage(person_id=dih.id, language_id=language.id, entered_at=ENTERED_AT)
            for language in db.session.query(Language).filter(Language.code.in_(["vi", "jrai"]))
        ]
    )
    for group in db.session.query(TargetGroup).filter(TargetGroup.code.in_(["poor", "remote"])):
        basis = (GroupBasis.CONSENT, MARCH) if group.is_sensitive else (None, None)
        db.session.add(
            PersonGroup(
                person_id=dih.id,
                target_group_id=group.id,
                basis=basis[0],
                basis_on=basis[1],
                entered_at=ENTERED_AT,
            )
        )
    db.session.commit()


def test_what_is_exported_comes_back_without_a_change_or_a_complaint():
    a_network_with_everything()

    report = come_back()

    assert set(outcomes(report)) == {"unchanged"}
    assert report.plan.problems == []
    assert (report.is_written, db.session.query(Batch).count()) == (False, 0)


def test_one_ward_alone_comes_back_without_a_change_although_a_mentor_is_elsewhere():
    a_network_with_everything()
    grai = any_ward(GRAI)

    report = come_back(WardScope.of([grai.id]), grai.id)

    assert outcomes(report) == ["unchanged"] * 3
    assert report.plan.problems == []


def test_an_export_of_one_ward_hides_the_phone_of_a_mentor_of_another():
    a_network_with_everything()

    rows = list_roster_rows(WardScope.of([any_ward(GRAI).id]))

    assert {(row.mentor_name, row.mentor_phone) for row in rows if row.mentor_name} == {
        ("Siu Phen", None)
    }


def test_a_mentees_row_tells_all_that_is_known():
    a_network_with_everything()

    [row] = [row for row in list_roster_rows(EVERYWHERE) if row.full_name == "Rơ Châm Dih"]

    assert row == RosterRow(
        full_name="Rơ Châm Dih",
        role=RosterRole.MENTEE,
        ward="21553 – Quy Nhơn Bắc",
        mentor_name="Siu Phen",
        mentor_phone="+84912000001",
        groups=("Hộ nghèo", "Vùng sâu, vùng xa"),
        languages=("Kinh (tiếng Việt)", "Jrai (Gia Rai)"),
        started_on=date(2026, 1, 5),
        consent_method=ConsentMethod.PAPER,
        consent_on=date(2026, 1, 5),
        note="Nhà gần chợ; =1+1",
    )


def test_an_export_of_nobody_can_be_written():
    assert write_roster(list_roster_rows(EVERYWHERE))


NAMES = ("Siu Phen", "Ksor H'Thoan", "Nguyễn Thị Hòa")
DAYS = (None, date(2026, 1, 5), date(2026, 2, 1))
PHONES = (None, "+84912000001", "+84912000002")
ANY_ROW = st.builds(
    RosterRow,
    full_name=st.sampled_from(NAMES),
    role=st.sampled_from(RosterRole),
    birth_year=st.sampled_from((None, 1960, 1990)),
    phone=st.sampled_from(PHONES),
    ward=st.sampled_from(("21553", GRAI)),
    hamlet=st.sampled_from((None, "Làng Ốp")),
    mentor_name=st.sampled_from((None, None, *NAMES)),
    mentor_phone=st.sampled_from((None, None, *PHONES)),
    started_on=st.sampled_from(DAYS),
    capacity=st.sampled_from((None, 5)),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example(
    rows=[
        RosterRow(full_name="Siu Phen", role=RosterRole.MENTOR, ward="21553"),
        RosterRow(
            full_name="Siu Phen", role=RosterRole.MENTOR, ward="21553", started_on=date(2026, 1, 5)
        ),
    ]
)
@given(rows=st.lists(ANY_ROW, min_size=1, max_size=9))
def test_what_any_list_brought_in_is_known_when_it_comes_in_again_and_when_it_is_exported(rows):
    undo_everything()
    content = write_roster(rows)

    first = import_roster(EVERYWHERE, content, "a.xlsx", only_good=True)
    again = import_roster(EVERYWHERE, content, "a.xlsx", only_good=True, is_dry_run=True)
    back = come_back()

    taken = [
        later
        for earlier, later in zip(outcomes(first), outcomes(again), strict=True)
        if earlier != "rejected"
    ]
    assert {*taken, *outcomes(back)} <= {"unchanged", "duplicate"}
    assert again.plan.is_empty or first.plan.counts.rejected > 0
    assert not back.is_written


def undo_everything() -> None:
    """Hide what an earlier example recorded."""
    for table in reversed(db.metadata.sorted_tables):
        if "deleted_at" in table.columns:
            db.session.execute(table.update().values(deleted_at=ENTERED_AT))
    db.session.commit()
