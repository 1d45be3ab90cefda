"""Pictures of a report as PNG: the map of the wards and bars; drawn here, without any network."""

import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from math import cos, radians
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, NamedTuple

from app.formatting import format_number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BOUNDARIES_FILE = Path(__file__).resolve().parents[2] / "data" / "wards.geojson"
INK, LINE, BLUE = "#16222e", "#ffffff", "#0b5cad"
MIDDLE_LATITUDE = 13.8
DOTS_PER_INCH = 150


class Shade(NamedTuple):
    """How the wards of a status look on the map, and what the legend says of them."""

    fill: str
    hatch: str
    label: str


def draw_map(status_of: Mapping[str, str], shades: Mapping[str, Shade]) -> bytes:
    """Return the map of the wards, each in the shade of its status."""
    figure = _figure(6.3, 6.6)
    axes = figure.add_axes((0, 0, 1, 1))
    for feature in json.loads(BOUNDARIES_FILE.read_text(encoding="utf-8"))["features"]:
        shade = shades[status_of[feature["properties"]["code"]]]
        for ring in _rings(feature["geometry"]):
            longitudes, latitudes = zip(*ring, strict=True)
            axes.fill(
                longitudes,
                latitudes,
                facecolor=shade.fill,
                edgecolor="#75848f" if shade.hatch else INK,
                hatch=shade.hatch or None,
                linewidth=0.4,
            )
    for shade in shades.values():
        axes.fill(
            [], [], facecolor=shade.fill, edgecolor="#75848f", hatch=shade.hatch, label=shade.label
        )
    axes.set_aspect(1 / cos(radians(MIDDLE_LATITUDE)))
    axes.axis("off")
    axes.legend(loc="lower left", frameon=False, fontsize=10)
    return _png(figure)


def draw_bars(labels: Sequence[str], amounts: Sequence[int]) -> bytes:
    """Return bars across, the first on top, each with its amount behind it."""
    figure = _figure(6.3, 0.5 + 0.42 * len(labels))
    axes = figure.add_axes((0.42, 0.05, 0.48, 0.9))
    places = range(len(labels), 0, -1)
    axes.barh(list(places), list(amounts), color=BLUE, height=0.62)
    for place, amount in zip(places, amounts, strict=True):
        axes.text(amount, place, f" {format_number(amount)}", va="center", fontsize=10)
    axes.set_yticks(list(places), [fill(one, 34) for one in labels], fontsize=10)
    axes.tick_params(length=0)
    axes.set_xticks([])
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    return _png(figure)


def _figure(width: float, height: float) -> "Figure":
    # Half a second and 30 MB, which only who draws a report should pay.
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), dpi=DOTS_PER_INCH)


def _png(figure: "Figure") -> bytes:
    content = BytesIO()
    # Without the name of the library's release: the same figures make the same picture.
    figure.savefig(content, format="png", metadata={"Software": None})
    return content.getvalue()


def _rings(geometry: dict[str, list[list[list[list[float]]]]]) -> list[list[list[float]]]:
    """The outer ring of each part of a ward."""
    parts = geometry["coordinates"]
    if str(geometry["type"]) == "Polygon":
        return [parts[0]]  # type: ignore[list-item]  # one level less than several parts
    return [part[0] for part in parts]
