"""Every route, visited as every role and as nobody, about the own ward, a foreign one, and nothing.

What is expected follows from the permission that the route declares and from `policy.GRANTS`; the
arguments stand in `route_samples.ROUTES`.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import IntegerConverter, Rule
from werkzeug.test import TestResponse

from app.access.policy import GRANTS
from app.extensions import limiter
from models.enums import Role
from tests.conftest import make_app
from tests.factories.accounts import account_with
from tests.web.pages import form_keys
from tests.web.route_samples import ROUTES, Belongs, Sample
from tests.web.sample_things import Place

OWN_WARD, FOREIGN_WARD = "21553", "23575"
EVERYWHERE = frozenset({Role.PROVINCE, Role.ADMIN})
MISSING_ID, MISSING_NAME = 2_000_000_000, "99999"
USUAL_ANSWERS = {"GET": frozenset({200}), "POST": frozenset({302, 303, 422})}

mapped = make_app("sqlite:///never-opened.sqlite", Path(tempfile.gettempdir()))


def routes() -> Iterator[tuple[Rule, str]]:
    """Yield every rule with each method that it answers, but for files that anybody may see."""
    for rule in mapped.url_map.iter_rules():
        if rule.endpoint != "static":
            yield from ((rule, method) for method in sorted({"GET", "POST"} & rule.methods))


def permission_of(rule: Rule):
    return getattr(mapped.view_functions[rule.endpoint], "required_permission", None)


def sampled(*, public: bool) -> list:
    """Return the routes of which a sample is known, as parameters with readable names."""
    return [
        pytest.param(rule, method, id=f"{rule.endpoint}-{method}")
        for rule, method in routes()
        if rule.endpoint in ROUTES and (permission_of(rule) is None) == public
    ]


@pytest.fixture(autouse=True)
def no_flood_yet(flask_app):
    limiter.reset()


def test_every_route_says_how_it_is_visited():
    unknown = {rule.endpoint for rule, _method in routes()} - set(ROUTES)

    assert unknown == set(), (
        "add one line for each of these to ROUTES in tests/web/route_samples.py"
    )


def test_every_sample_belongs_to_a_route():
    assert set(ROUTES) - {rule.endpoint for rule, _method in routes()} == set()


def test_samples_name_every_argument_of_their_route():
    wrong = [
        rule.endpoint
        for rule, _method in routes()
        if rule.endpoint in ROUTES and set(ROUTES[rule.endpoint].arguments) != rule.arguments
    ]

    assert wrong == []


def test_public_samples_are_those_of_public_routes():
    wrong = [
        rule.endpoint
        for rule, _method in routes()
        if rule.endpoint in ROUTES
        if ROUTES[rule.endpoint].is_public != (permission_of(rule) is None)
    ]

    assert wrong == []


@pytest.mark.parametrize(("rule", "method"), sampled(public=True))
def test_a_public_route_answers_anybody(client, sign_in, rule, method):
    sample = ROUTES[rule.endpoint]
    account = account_with(Role.WARD_LEADER)
    place = Place(OWN_WARD, account)

    answers = {
        visit(visitor, rule, method, arguments(sample, place)).status_code
        for visitor in (client, sign_in(account))
    }

    assert answers <= sample.answers


@pytest.mark.parametrize(("rule", "method"), sampled(public=False))
def test_nobody_is_asked_to_sign_in(client, rule, method):
    sample = ROUTES[rule.endpoint]
    place = Place(OWN_WARD, account_with(Role.WARD_LEADER))

    for named in (arguments(sample, place), missing(rule)):
        answer = visit(client, rule, method, named)

        assert answer.status_code == 302
        assert answer.location.startswith("/dang-nhap")


@pytest.mark.parametrize("role", list(Role), ids=str)
@pytest.mark.parametrize(("rule", "method"), sampled(public=False))
def test_a_role_gets_what_its_permissions_and_its_wards_allow(sign_in, rule, method, role):
    sample = ROUTES[rule.endpoint]
    account = account_with(role, OWN_WARD)
    stranger = account_with(role, FOREIGN_WARD)
    client = sign_in(account)
    foreign = Place(FOREIGN_WARD, stranger)

    if rule.arguments:
        answer = visit(client, rule, method, missing(rule))
        assert answer.status_code == (404 if is_permitted(rule, role) else 403)
    if sample.belongs in {Belongs.WARD, Belongs.READER}:
        answer = visit(client, rule, method, arguments(sample, foreign))
        assert answer.status_code in expected_of_foreign(rule, method, role)
    own = arguments(sample, Place(OWN_WARD, account))
    assert visit(client, rule, method, own).status_code in expected(rule, method, role)


def is_permitted(rule: Rule, role: Role) -> bool:
    return permission_of(rule) in GRANTS[role]


def expected(rule: Rule, method: str, role: Role) -> frozenset[int] | set[int]:
    if not is_permitted(rule, role):
        return {403}
    sample = ROUTES[rule.endpoint]
    return sample.but.get(role) or sample.answers or USUAL_ANSWERS[method]


def expected_of_foreign(rule: Rule, method: str, role: Role) -> frozenset[int] | set[int]:
    """What belongs to another ward is there for those of the province, for others it is not."""
    if not is_permitted(rule, role):
        return {403}
    if ROUTES[rule.endpoint].belongs is Belongs.WARD and role in EVERYWHERE:
        return expected(rule, method, role)
    return {404}


def arguments(sample: Sample, place: Place) -> dict[str, int | str]:
    """Make what the sample is about, in the place, and return what the address says."""
    return {name: make(place) for name, make in (sample.arguments | sample.query).items()}


def missing(rule: Rule) -> dict[str, int | str]:
    """Return arguments that name nothing."""
    return {
        name: MISSING_ID if isinstance(converter, IntegerConverter) else MISSING_NAME
        for name, converter in rule._converters.items()
    }


def visit(
    client: FlaskClient, rule: Rule, method: str, named: dict[str, int | str]
) -> TestResponse:
    """Open the address, or send it an empty form with a valid token."""
    with mapped.test_request_context():
        url = mapped.url_for(rule.endpoint, _method=method, **named)
    if method == "GET":
        return client.get(url)
    return client.post(url, data=form_keys(client, token_page(client)))


def token_page(client: FlaskClient) -> str:
    """Return a page that has a form, for whoever is asking."""
    is_signed_in = client.get("/tai-khoan/thiet-bi").status_code == 200
    return "/tai-khoan/thiet-bi" if is_signed_in else "/dang-nhap"
