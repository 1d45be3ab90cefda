"""The pages of requests between wards: both sides, the province, and where they are reached."""

import time_machine

from app.access.scope import WardScope
from app.queries.wards import list_bordering_ids
from models import Ward, WardRequest, db
from models.enums import RequestState, Role
from tests.factories.accounts import account_with
from tests.factories.base import any_ward
from tests.factories.network import MentorFactory
from tests.web.pages import main_text, post_form


def test_requests_between_wards_both_leaders_see_them_in_their_work_and_the_province_with_age(
    sign_in,
):
    with time_machine.travel("2026-03-10T02:00:00Z", tick=False) as now:
        here = any_ward()
        there = db.session.get_one(Ward, list_bordering_ids(WardScope.everywhere(), here.id)[0])
        mentor = MentorFactory(ward=there, person__full_name="Ksor H'Lan")
        names, mentor_id, asked_id, code = (here.name, there.name), mentor.id, there.id, there.code
        leader = account_with(Role.WARD_LEADER)
        asker = sign_in(leader)
        data = {"asked_ward": str(asked_id), "kind": "mentor", "mentees": "2", "half": "ca-ngay"}
        sent = post_form(asker, "/nho-xa-ban/moi", data)
        wrong = post_form(asker, "/nho-xa-ban/moi", data | {"mentees": ""})
        now.shift(3 * 86_400)
        asker, helper = sign_in(leader), sign_in(account_with(Role.WARD_LEADER, code))
        request_id = db.session.query(WardRequest).one().id
        province = sign_in(account_with(Role.PROVINCE))
        seen = main_text(province.get("/nho-xa-ban"))
        own_page = f"/nho-xa-ban/{request_id}"
        answered = post_form(
            helper, f"{own_page}/nhan", {"helper": str(mentor_id)}, page_url=own_page
        )
        again = post_form(
            helper, f"{own_page}/nhan", {"helper": str(mentor_id)}, page_url="/nho-xa-ban/moi"
        )

        assert (sent.status_code, wrong.status_code) == (303, 422)
        assert "Nhập số người học cần mentor." in main_text(wrong)
        assert f"{names[0]} nhờ {names[1]}: mentor cho 2 người học" in seen
        assert "chờ trả lời 3 ngày" in seen
        assert (answered.status_code, again.status_code) == (303, 422)
        assert "Ksor H'Lan" in main_text(asker.get(own_page))
        assert "1 lời nhờ đã được nhận" in main_text(asker.get("/viec-can-lam"))
        assert "Nhận lời" not in main_text(province.get(own_page))
        db.session.expire_all()
        assert db.session.get_one(WardRequest, request_id).state is RequestState.ACCEPTED
