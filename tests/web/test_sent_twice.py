"""A double press or a re-sent form makes one record, whichever form it is."""

import pytest
from werkzeug.routing import Rule

from app.extensions import limiter
from tests.factories.accounts import account_with
from tests.web.every_form import (
    WARD,
    address,
    count_rows,
    forms_to_send,
    open_form,
    people_of,
    readers_of,
)
from tests.web.sample_things import Place

FORMS = [rule for rule in forms_to_send() if readers_of(rule)]


@pytest.mark.parametrize("rule", FORMS, ids=lambda rule: rule.endpoint)
def test_a_double_press_or_a_re_sent_form_makes_one_record(sign_in, rule: Rule):
    limiter.reset()
    account = account_with(readers_of(rule)[0], WARD)
    place = Place(WARD, account)
    people_of(place)
    form = open_form(sign_in(account), address(rule, place))
    if "form_key" not in form.keys:
        pytest.skip("nothing is made by this form, or its key is no field of its page")
    answers = form.usual_answers()

    first = form.client.post(form.url, data=answers)
    rows = count_rows()
    second = form.client.post(form.url, data=answers)

    assert count_rows() == rows
    assert second.status_code == first.status_code
