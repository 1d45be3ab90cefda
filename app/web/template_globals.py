"""What templates may say and link to without working it out each time."""

from collections.abc import Callable, Hashable, MutableMapping
from functools import cache, lru_cache
from typing import Any

from flask import url_for
from flask.templating import Environment as FlaskEnvironment
from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from app.web.addresses import icon, known_address

MOST_TEXTS = 4096
MOST_PARTS = 256
_parts: dict[Hashable, Markup] = {}


def use_source_texts(environment: Environment) -> None:
    """Let templates say their own texts, without looking for a catalogue each time.

    Hundreds of texts stand on a page; finding the request's language for each of them took a third
    of the time of a list. A text without values is even written into the compiled template, where
    it costs as little as the markup around it. `app.texts` is the same for code.
    """
    environment.globals.update(
        _=say_source_text, gettext=say_source_text, said_once=cache, kept_part=kept_part
    )
    environment.code_generator_class = _GeneratorWithTexts


def use_known_addresses(environment: Environment) -> None:
    """Let templates link to pages without arguments and to files by what is known already."""

    def url_for_template(endpoint: str, **values: Any) -> str:  # noqa: ANN401  # as Flask's own
        if values.keys() - {"filename"} or endpoint.startswith("."):
            return url_for(endpoint, **values)
        return known_address(endpoint, values.get("filename", ""))

    environment.globals.update(url_for=url_for_template, icon_markup=icon)


def say_source_text(text: str, /, **values: object) -> Markup:
    """Return the text as markup with its values escaped; `%%` stands for a percent sign."""
    source = _marked(text)
    if "%" not in source:
        return source
    written = {name: printed(value) for name, value in values.items()}
    return Markup(str.__mod__(source, written))  # noqa: S704  # a constant and escaped values


def printed(value: object) -> str:
    """Return what a page says of a value, as `markupsafe.escape` has it.

    That makes markup of each value for whoever goes on writing with it, and of markup anew. Here
    it goes onto the page, and numbers have no signs to escape.
    """
    if type(value) is Markup:
        return value
    return str(value) if type(value) is int else escape(value)


def kept_part(look: Hashable, caller: Callable[[], Markup]) -> Markup:
    """Return the part of a page inside the call, made once for each `look`.

    Nothing may stand in it that the look does not name. Where that is None, it is made each time.
    """
    if look is None:
        return caller()
    part = _parts.get(look)
    if part is None:
        if len(_parts) >= MOST_PARTS:
            _parts.clear()
        part = _parts[look] = caller()
    return part


@lru_cache(maxsize=MOST_TEXTS)
def _marked(text: str) -> Markup:
    return Markup(text)  # noqa: S704  # a constant of a template


class PageEnvironment(FlaskEnvironment):
    """Flask's environment, whose templates share its globals instead of a view of them each.

    Each import compares the names on both sides; in views that took as long as a statement.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


class _GeneratorWithTexts(CodeGenerator):
    """Jinja's own compiler, after each `_("constant")` has become the text itself.

    What stands between `{{` and `}}` is written by `printed`.
    """

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802  # Jinja's name
        super().visit_Template(_TextsInPlace().visit(node), frame)
        # The last line of the compiled module: by this name all of it writes values.
        self.writeline(f"from {__name__} import {printed.__name__} as escape")


class _TextsInPlace(NodeTransformer):
    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802  # Jinja's name
        call = self.generic_visit(node)
        match node:
            case nodes.Call(
                node=nodes.Name(name="_"),
                args=[nodes.Const(value=str(text))],
                kwargs=[],
                dyn_args=None,
                dyn_kwargs=None,
            ):
                return nodes.TemplateData(str(say_source_text(text)), lineno=node.lineno)
        return call
