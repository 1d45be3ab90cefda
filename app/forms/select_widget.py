"""A drop-down list written in a fraction of the time: a province has 135 wards to choose from."""

from typing import Any

from markupsafe import Markup, escape
from wtforms.widgets import Select


class PlainSelect(Select):
    """WTForms' own, but for options that have nothing but a value and a label."""

    @classmethod
    def render_option(  # type: ignore[override]  # as since WTForms 3.3, which the stubs precede
        cls,
        choice: Any,  # noqa: ANN401
        **kwargs: Any,  # noqa: ANN401
    ) -> Markup:
        """Return one option; WTForms would sort attributes that hardly any has."""
        if choice.render_kw or kwargs or isinstance(choice.value, bool):
            return super().render_option(choice, **kwargs)
        chosen = "selected " if choice.selected else ""
        value, label = escape(choice.value), escape(choice.label or choice.value)
        return Markup(f'<option {chosen}value="{value}">{label}</option>')  # noqa: S704  # escaped


PLAIN_SELECT = PlainSelect()
