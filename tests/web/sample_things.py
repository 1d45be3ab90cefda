"""Something of every kind in one ward, for the routes that are about one of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from app import clock
from app.access.scope import WardScope
from app.exchange.kept_sheets import pack_sheets
from app.exchange.workbook import Cell, Sheet
from app.services.compute_draft import compute_draft
from app.services.issue_link import issue_link
from app.services.keep_view import keep_view
from app.services.make_draft import make_draft
from app.services.mentor_links import issue_mentor_link
from app.services.preview_roster import preview_roster
from graphs.checks.plausibility import MANY_SESSIONS
from graphs.planning.rows import Reach
from models import (
    Account,
    AssignmentDraft,
    Batch,
    Grant,
    Language,
    Mentorship,
    Pause,
    Person,
    PlanTarget,
    ReportingPeriod,
    RosterImport,
    RosterImportCells,
    SignIn,
    WeeklyTopic,
    db,
)
from models.enums import BatchState, FollowUpAnswer, ImportState, RequestState, Role
from tests.factories.accounts import AccountFactory, GrantFactory, open_sign_in
from tests.factories.activities import (
    ActivityFactory,
    ActivityHostFactory,
    ActivityPersonFactory,
    ActivityTagFactory,
    ActivityTurnsFactory,
)
from tests.factories.base import any_ward
from tests.factories.network import (
    ContactFactory,
    DutyLeaveFactory,
    DutyPatternFactory,
    DutyTurnFactory,
    FollowUpFactory,
    HandoffFactory,
    HelpSessionFactory,
    MenteeFactory,
    MentorFactory,
    MentorshipFactory,
    PauseFactory,
    PersonFactory,
    PlanTargetFactory,
    SupportPostFactory,
    WardRequestFactory,
    WeeklyTopicFactory,
    end_reason,
)
from tests.factories.rosters import rows_file

# Neither the reader's ward nor the foreign one: the other side of a request.
THIRD_WARD = "23908"
WEEK = date(2026, 8, 31)


@dataclass(frozen=True)
class Place:
    """A ward, and who is asking; each method makes one thing there and returns what names it."""

    ward_code: str
    reader: Account

    def ward(self) -> str:
        return self.ward_code

    def mentor(self) -> int:
        return MentorFactory(ward=any_ward(self.ward_code)).id

    def mentee(self) -> int:
        return MenteeFactory(ward=any_ward(self.ward_code)).id

    def guiding_mentor(self) -> int:
        return self._mentorship().mentor_id

    def mentor_link(self) -> str:
        """The token of the own link of somebody who guides one person."""
        return issue_mentor_link(WardScope.everywhere(), self.guiding_mentor()).token

    def linked_pair(self) -> int:
        """The pairing of the mentor whose link was made just before."""
        newest = select(Mentorship.id).order_by(Mentorship.id.desc()).limit(1)
        return db.session.scalar(newest)

    def mentorship(self) -> int:
        return self._mentorship().id

    def contact(self) -> int:
        return ContactFactory(mentor=MentorFactory(ward=any_ward(self.ward_code))).id

    def received_request(self) -> int:
        third = any_ward(THIRD_WARD)
        return WardRequestFactory(asking_ward=third, asked_ward=any_ward(self.ward_code)).id

    def sent_request(self) -> int:
        third = any_ward(THIRD_WARD)
        return WardRequestFactory(asking_ward=any_ward(self.ward_code), asked_ward=third).id

    def accepted_request(self) -> int:
        return WardRequestFactory(
            asking_ward=any_ward(self.ward_code),
            asked_ward=any_ward(THIRD_WARD),
            state=RequestState.ACCEPTED,
            mentor_id=MentorFactory(ward=any_ward(THIRD_WARD)).id,
        ).id

    def activity(self) -> int:
        """A class that was held, with a host, somebody known, a mark and turns of a group."""
        ward = any_ward(self.ward_code)
        activity = ActivityFactory(ward=ward, service_date=clock.today())
        ActivityHostFactory(activity=activity, mentor=MentorFactory(ward=ward))
        ActivityPersonFactory(activity=activity, person=MenteeFactory(ward=ward).person)
        ActivityTagFactory(activity=activity)
        ActivityTurnsFactory(activity=activity)
        return activity.id

    def planned_activity(self) -> int:
        """A class that is planned for today."""
        ward = any_ward(self.ward_code)
        return ActivityFactory(ward=ward, service_date=clock.today(), is_held=False).id

    def topic(self) -> int:
        """The topic of a week that has none yet."""
        last = db.session.scalar(select(func.max(WeeklyTopic.monday)))
        monday = WEEK if last is None else last + timedelta(days=7)
        return WeeklyTopicFactory(monday=monday).id

    def target(self) -> int:
        """A target of the ward, due on a day of its own."""
        due_on = date(2026, 10, 1) + timedelta(days=db.session.query(PlanTarget).count())
        return PlanTargetFactory(ward_id=any_ward(self.ward_code).id, due_on=due_on).id

    def period(self) -> str:
        """A quarter before all that the factories enter."""
        code, first, end = "2019-Q4", date(2019, 9, 15), date(2019, 12, 15)
        if db.session.query(ReportingPeriod).filter_by(code=code).first() is None:
            db.session.add(ReportingPeriod(code=code, started_on=first, ended_on=end))
            db.session.commit()
        return code

    def support_post(self) -> int:
        return SupportPostFactory(ward=any_ward(self.ward_code)).id

    def paused_mentor(self) -> int:
        """A mentor who is away, back in two weeks."""
        mentor = MentorFactory(ward=any_ward(self.ward_code))
        today = clock.today()
        PauseFactory(mentor=mentor, started_on=today, ended_on=today + timedelta(days=14))
        return mentor.id

    def pause(self) -> int:
        """The time away that was made just before."""
        return db.session.query(Pause).order_by(Pause.id.desc()).first().id

    def person(self) -> int:
        return MenteeFactory(ward=any_ward(self.ward_code)).person_id

    def twin(self) -> int:
        """Somebody who is registered twice."""
        ward = any_ward(self.ward_code)
        first = MenteeFactory(ward=ward).person
        twin = MenteeFactory(ward=ward).person
        twin.full_name, twin.birth_year, twin.phone = first.full_name, first.birth_year, first.phone
        db.session.commit()
        return twin.id

    def twin_of_twin(self) -> int:
        """The other record of somebody who was registered twice just before."""
        return db.session.query(Person).order_by(Person.id.desc())[1].id

    def burst(self) -> int:
        """The first of many like sessions that somebody entered at once."""
        values = {"ward": any_ward(self.ward_code), "service_date": clock.today()}
        stamp = {"entered_at": clock.now(), "entered_by_id": self.reader.id}
        first, *_ = [HelpSessionFactory(**values, **stamp).id for _ in range(MANY_SESSIONS)]
        return first

    def help_session(self) -> int:
        """A session of today by the reader: staff correct their own of the day alone."""
        return HelpSessionFactory(
            ward=any_ward(self.ward_code),
            service_date=clock.today(),
            entered_at=clock.now(),
            entered_by_id=self.reader.id,
        ).id

    def handoff(self) -> int:
        return HandoffFactory(mentee=MenteeFactory(ward=any_ward(self.ward_code))).id

    def taught_since(self) -> int:
        """Somebody whom the desk handed on and a mentor took on three weeks ago."""
        since = clock.today() - timedelta(days=21)
        mentee = MenteeFactory(ward=any_ward(self.ward_code), started_on=since)
        mentor = MentorFactory(ward=mentee.ward, started_on=since)
        MentorshipFactory(mentor=mentor, mentee=mentee, started_on=since)
        return HandoffFactory(mentee=mentee, handed_on=since).mentee_id

    def completed_mentee(self) -> int:
        """Somebody who learned what they wanted to, three weeks ago, and needs help again."""
        mentee = MenteeFactory(
            ward=any_ward(self.ward_code),
            started_on=clock.today() - timedelta(days=90),
            ended_on=clock.today() - timedelta(days=21),
            end_reason=end_reason("completed"),
        )
        FollowUpFactory(mentee=mentee, service_date=clock.today(), answer=FollowUpAnswer.NEEDS_HELP)
        return mentee.id

    def duty_turn(self) -> int:
        return DutyTurnFactory(
            support_post=SupportPostFactory(ward=any_ward(self.ward_code)),
            service_date=clock.today(),
        ).id

    def duty_leave(self) -> int:
        """Tomorrow's leave of somebody with a weekly pattern, with a substitute."""
        ward, today = any_ward(self.ward_code), clock.today()
        absent = SupportPostFactory(ward=ward)
        for half in range(10):
            DutyPatternFactory(support_post=absent, week_half=half)
        return DutyLeaveFactory(
            support_post=absent,
            started_on=today + timedelta(days=1),
            ended_on=today + timedelta(days=2),
            substitute_post=SupportPostFactory(ward=ward),
        ).id

    def batch(self) -> int:
        """An action of somebody else about citizens of the ward."""
        return self._added(
            Batch(
                kind="mentor_registered",
                state=BatchState.DONE,
                account_id=AccountFactory().id,
                ward_id=any_ward(self.ward_code).id,
                done_at=clock.now(),
            )
        )

    def roster_import(self) -> int:
        return self._added(
            RosterImport(
                ward_id=any_ward(self.ward_code).id,
                account_id=self.reader.id,
                file_name="danh-sach.xlsx",
                file_digest="0" * 64,
                state=ImportState.PREVIEWED,
                created_at=clock.now(),
            )
        )

    def asking_import(self) -> int:
        """A file of the reader's own with a column that says nothing."""
        import_id = self.roster_import()
        rows: list[list[Cell]] = [["Họ và tên", "Năm sinh", "Liên lạc"], ["Siu Phen", 1990, "x"]]
        db.session.add(
            RosterImportCells(
                roster_import_id=import_id, content=pack_sheets([Sheet("A", rows)], [], None)
            )
        )
        db.session.commit()
        return import_id

    def rejected_row(self) -> int:
        """A file of the reader's own whose only row, the second of its sheet, is in error."""
        content = rows_file(["Siu Phen", "mentor", 1990, "12"])
        ward_id = any_ward(self.ward_code).id
        scope = WardScope.of([ward_id], self.reader.id)
        return preview_roster(scope, content, "ds.xlsx", ward_id=ward_id)

    def changing_import(self) -> int:
        """A file of the reader's own that says another year of birth of somebody known."""
        ward = any_ward(self.ward_code)
        person = PersonFactory(full_name="Siu Phen", birth_year=1990, phone="+84912000001")
        MentorFactory(person=person, ward=ward)
        content = rows_file(["Siu Phen", "mentor", 1991, "0912000001"])
        scope = WardScope.of([ward.id], self.reader.id)
        return preview_roster(scope, content, "ds.xlsx", ward_id=ward.id)

    def doubtful_import(self) -> int:
        """A file of the reader's own with somebody who may be known under another phone."""
        ward = any_ward(self.ward_code)
        person = PersonFactory(full_name="Siu Phen", birth_year=1990, phone="+84912000001")
        MentorFactory(person=person, ward=ward)
        content = rows_file(["Siu Phen", "mentor", 1990, "0912000002"])
        scope = WardScope.of([ward.id], self.reader.id)
        return preview_roster(scope, content, "ds.xlsx", ward_id=ward.id)

    def first_sheet(self) -> int:
        return 0

    def second_row(self) -> int:
        return 2

    def draft(self) -> int:
        """A plan of the reader's own that gives a mentor to somebody who waits."""
        ward = any_ward(self.ward_code)
        MentorFactory(ward=ward)
        MenteeFactory(ward=ward)
        scope = WardScope.of([ward.id], self.reader.id)
        draft_id = make_draft(scope, ward_id=ward.id, reach=Reach.WARD)
        compute_draft(scope, draft_id)
        return draft_id

    def drafted_mentee(self) -> int:
        """The first mentee of the plan that was made just before."""
        newest = db.session.query(AssignmentDraft).order_by(AssignmentDraft.id.desc()).first()
        return newest.moves["moves"][0][0]

    def account(self) -> int:
        return AccountFactory().id

    def granted_account(self) -> int:
        return self._grant().account_id

    def grant(self) -> int:
        """The role of the account that was made just before."""
        return db.session.query(Account).order_by(Account.id.desc()).first().grants[0].id

    def sign_in(self) -> int:
        """A second device of the reader."""
        open_sign_in(self.reader)
        return db.session.query(SignIn).order_by(SignIn.id.desc()).first().id

    def link(self) -> str:
        return issue_link(WardScope.everywhere(), AccountFactory().id).token

    def figure(self) -> str:
        return "ban-do"

    def catalogue(self) -> str:
        return "ngon-ngu"

    def entry(self) -> int:
        return db.session.query(Language).order_by(Language.id).first().id

    def person_role(self) -> str:
        return "mentor"

    def deed(self) -> str:
        """What is done with many people at once."""
        return "tam-nghi"

    def list_key(self) -> str:
        """A list that the reader may see."""
        lists = {Role.SUPPORT: "luot-ho-tro", Role.ADMIN: "tai-khoan"}
        roles = select(Grant.role).where(Grant.account_id == self.reader.id)
        return lists.get(db.session.scalars(roles).first(), "mentor")

    def view(self) -> int:
        """A view of a list that the reader keeps."""
        scope = WardScope.everywhere(self.reader.id)
        return keep_view(scope, self.list_key(), "Thiếu người", "tinh-trang=duoi-muc").object_id

    def setting(self) -> str:
        return "floor"

    def _mentorship(self) -> MentorshipFactory:
        ward = any_ward(self.ward_code)
        return MentorshipFactory(mentor=MentorFactory(ward=ward), mentee=MenteeFactory(ward=ward))

    def _grant(self) -> GrantFactory:
        return GrantFactory(role=Role.SUPPORT, ward=any_ward(self.ward_code))

    @staticmethod
    def _added(row: Batch | RosterImport) -> int:
        db.session.add(row)
        db.session.commit()
        return row.id


Thing = Callable[[Place], int | str]
