"""What `_()` does in templates: their texts are the Vietnamese that a user reads."""

from functools import lru_cache

from jinja2 import Environment
from markupsafe import Markup

MOST_TEXTS = 4096


def use_source_texts(environment: Environment) -> None:
    """Let templates say their own texts, without looking for a catalogue each time.

    Hundreds of texts stand on a page; finding the request's language for each of them took a third
    of the time of a list. Code outside templates keeps `flask_babel.gettext`.
    """
    environment.globals.update(_=say_source_text, gettext=say_source_text)


def say_source_text(text: str, /, **values: object) -> Markup:
    """Return the text as markup with its values escaped; `%%` stands for a percent sign."""
    source = _marked(text)
    return source % values if "%" in source else source


@lru_cache(maxsize=MOST_TEXTS)
def _marked(text: str) -> Markup:
    return Markup(text)  # noqa: S704  # a constant of a template
