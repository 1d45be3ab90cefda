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
# Asked for anew on purpose: another link ends the one before, and a plan that was worked out may be
# worked out again; neither says anything of the network.
MADE_ANEW = {
    "accounts.send_link": {"one_time_links"},
    "assignment_drafts.save": {"assignment_drafts"},
    "mentor_links.save": {"mentor_links"},
}
# An action that found nothing left to do is told by its own row and changes none.
ACTIONS = {"batches"}


@pytest.mark.parametrize("rule", FORMS, ids=lambda rule: rule.endpoint)
def test_a_double_press_or_a_re_sent_form_makes_one_record(sign_in, rule: Rule):
    limiter.reset()
    account = account_with(readers_of(rule)[0], WARD)
    place = Place(WARD, account)
    people_of(place)
    form = open_form(sign_in(account), address(rule, place))
    answers = form.usual_answers()
    has_key = "form_key" in form.keys

    first = form.client.post(form.url, data=answers)
    rows = count_rows()
    second = form.client.post(form.url, data=answers)

    # Without a key, sending twice has to be harmless by itself: what is gone or done stays so.
    more = {name for name, count in count_rows().items() if count != rows[name]}
    assert more <= (set() if has_key else ACTIONS | MADE_ANEW.get(rule.endpoint, set()))
    assert second.status_code == first.status_code if has_key else second.status_code < 500
