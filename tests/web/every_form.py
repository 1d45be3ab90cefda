"""Every form of the program, found through its routes: its fields, and what a person would type.

What a route is about stands in `route_samples.ROUTES`; which fields it has is read from its page.
A new form is thus under the tests of bad input as soon as its route has its line there.
"""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from sqlalchemy import func, literal, select, union_all
from werkzeug.routing import Rule
from wtforms.fields.core import UnboundField

from app.access.policy import GRANTS
from app.forms.base import BaseForm
from models import db
from models.enums import Role
from tests.conftest import make_app
from tests.web.pages import form_keys
from tests.web.route_samples import ROUTES
from tests.web.sample_things import Place

WARD = "21553"
NARROWEST_FIRST = (Role.WARD_LEADER, Role.SUPPORT, Role.PROVINCE, Role.ADMIN)
KEYS = ("csrf_token", "form_key")
TYPED_KINDS = frozenset({"text", "tel", "search", "textarea"})
# Sign-ins are written down whether they succeed or not; a preview is read again when it is refused.
KEPT_OF_FAILURES = frozenset({"sign_ins", "sign_in_failures", "roster_import_parts"})
ROW_COUNTS = union_all(
    *(
        select(literal(name), func.count()).select_from(table)
        for name, table in db.metadata.tables.items()
        if name not in KEPT_OF_FAILURES
    )
)

mapped = make_app("sqlite:///never-opened.sqlite", Path(tempfile.gettempdir()))


@dataclass(frozen=True)
class Control:
    """One named control of a form, the values that it may take, and the one it has."""

    name: str
    kind: str
    offered: tuple[str, ...] = ()
    value: str = ""

    @property
    def is_typed(self) -> bool:
        return self.kind in TYPED_KINDS

    @property
    def usual_answer(self) -> str:
        """What a person would leave, choose or type here."""
        if self.value or self.kind == "checkbox":
            return self.value
        if self.kind in {"radio", "select"}:
            return next((value for value in self.offered if value), "")
        words = {"number": "7", "tel": "0912 345 678", "day": "05/03/2026"}
        return words.get(self.kind, "Ksor Thoan")


@dataclass(frozen=True)
class FilledForm:
    """A form on its page, opened by a reader who may send it."""

    client: FlaskClient
    url: str
    controls: tuple[Control, ...]
    keys: dict[str, str]

    @property
    def names(self) -> list[str]:
        return [control.name for control in self.controls]

    def answers(self, bad: str) -> dict[str, str]:
        """Return the keys, and one text in every field that can be seen."""
        return dict.fromkeys(self.names, bad) | self.keys

    def usual_answers(self) -> dict[str, str]:
        """Return what a person would send."""
        return {control.name: control.usual_answer for control in self.controls} | self.keys


def forms_to_send() -> list[Rule]:
    """Return the rule of every address that takes a form, in a stable order."""
    rules = (rule for rule in mapped.url_map.iter_rules() if "POST" in (rule.methods or ()))
    return sorted((rule for rule in rules if rule.endpoint in ROUTES), key=lambda r: r.endpoint)


def lists_to_filter() -> list[Rule]:
    """Return the rule of every page without arguments in its path that only shows something."""
    rules = (rule for rule in mapped.url_map.iter_rules() if "GET" in (rule.methods or ()))
    wanted = (rule for rule in rules if rule.endpoint in ROUTES and not rule.arguments)
    return sorted(wanted, key=lambda rule: rule.endpoint)


def readers_of(rule: Rule) -> tuple[Role, ...]:
    """Return the roles that may open an address, of the narrowest scope first; none if public."""
    permission = getattr(mapped.view_functions[rule.endpoint], "required_permission", None)
    return tuple(role for role in NARROWEST_FIRST if permission in GRANTS[role])


def address(rule: Rule, place: Place, method: str = "POST") -> str:
    """Make what a route is about, and return its path."""
    sample = ROUTES[rule.endpoint]
    named = {name: make(place) for name, make in (sample.arguments | sample.query).items()}
    with mapped.test_request_context():
        return mapped.url_for(rule.endpoint, _method=method, **named)


def people_of(place: Place) -> None:
    """Fill a ward with those without whom some pages offer no form."""
    place.mentor()
    place.mentee()
    place.support_post()


def open_form(client: FlaskClient, url: str) -> FilledForm:
    """Open the page of a form; a form that is only a button gets every field there is."""
    answer = client.get(url)
    soup = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    sent_here = [form for form in soup.select("main form[method=post]") if _leads_to(form, url)]
    if answer.status_code != 200 or not sent_here:
        controls = tuple(Control(name, "text") for name in declared_fields())
        return FilledForm(client, url, controls, form_keys(client, _any_page(client)))
    controls = tuple(read_controls(sent_here))
    keys = {control.name: control.value for control in controls if control.name in KEYS}
    visible = tuple(control for control in controls if control.name not in KEYS)
    return FilledForm(client, url, visible, keys)


def read_controls(forms: Iterable[Tag]) -> Iterator[Control]:
    """Yield the controls of forms, each name once."""
    found: dict[str, list[Tag]] = {}
    for form in forms:
        for control in form.select("input[name], select[name], textarea[name]"):
            found.setdefault(str(control["name"]), []).append(control)
    for name, tags in found.items():
        yield _control(name, tags)


def declared_fields() -> list[str]:
    """Return the names of the fields of every form class."""
    return sorted(
        {
            name
            for form_class in _descendants(BaseForm)
            for name in dir(form_class)
            if isinstance(getattr(form_class, name, None), UnboundField)
        }
        - {*KEYS}
    )


def shown_value(soup: BeautifulSoup, name: str) -> str | None:
    """Return what a text field of the page holds; None when it is not there, or nobody sees it."""
    seen = ":is(input, textarea):not([type=password], [type=hidden])"
    control = soup.select_one(f'main [name="{name}"]{seen}')
    if control is None:
        return None
    return str(control["value"]) if control.name == "input" else control.get_text()


def count_rows() -> dict[str, int]:
    """Return how many rows each table has, deleted ones included."""
    return dict(db.session.execute(ROW_COUNTS).all())


def _control(name: str, tags: list[Tag]) -> Control:
    first = tags[0]
    if first.name == "select":
        options = first.select("option")
        chosen = next((str(o["value"]) for o in options if o.has_attr("selected")), "")
        return Control(name, "select", tuple(str(option["value"]) for option in options), chosen)
    if first.name == "textarea":
        return Control(name, "textarea", value=first.get_text().strip())
    kind = str(first.get("type", "text"))
    if kind in {"radio", "checkbox"}:
        chosen = next((str(tag["value"]) for tag in tags if tag.has_attr("checked")), "")
        return Control(name, kind, tuple(str(tag["value"]) for tag in tags), chosen)
    return Control(name, _typed_kind(first, kind), value=str(first.get("value", "")))


def _typed_kind(control: Tag, kind: str) -> str:
    if control.has_attr("data-date"):
        return "day"
    return "number" if control.get("inputmode") == "numeric" else kind


def _leads_to(form: Tag, url: str) -> bool:
    action = str(form.get("action", "")) or url
    return urlsplit(action).path == urlsplit(url).path


def _any_page(client: FlaskClient) -> str:
    """Return a page that has a form, for whoever is asking."""
    is_signed_in = client.get("/tai-khoan/thiet-bi").status_code == 200
    return "/tai-khoan/thiet-bi" if is_signed_in else "/dang-nhap"


def _descendants(form_class: type[BaseForm]) -> Iterator[type[BaseForm]]:
    for child in form_class.__subclasses__():
        yield child
        yield from _descendants(child)
