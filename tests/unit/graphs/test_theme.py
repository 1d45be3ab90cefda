"""The colours of the statuses stay apart, also for people who see colours otherwise."""

from itertools import combinations, pairwise

import pytest

from graphs.figures.theme import BLUES, STATUS_LOOKS, base_axis, base_layout

# How much two colours must differ (CIE76); around 2 is what an eye just notices.
CLEARLY = 20
# The smallest contrast of WCAG 2.2 for signs.
READABLE = 3
# Machado, Oliveira and Fernandes (2009), severity 1.
SIGHTS = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
WHITE = (0.95047, 1.0, 1.08883)


@pytest.mark.parametrize("sight", SIGHTS)
def test_the_fills_of_the_statuses_differ_for_every_sight(sight):
    fills = [look.fill for look in STATUS_LOOKS.values()]

    too_close = [
        pair for pair in combinations(fills, 2) if distance(*pair, SIGHTS[sight]) < CLEARLY
    ]

    assert too_close == []


def test_every_sign_is_readable_on_its_fill():
    faint = [
        look.sign for look in STATUS_LOOKS.values() if contrast(look.ink, look.fill) < READABLE
    ]

    assert faint == []


def test_the_scale_of_amounts_goes_from_light_to_dark():
    lights = [luminance(colour) for colour in BLUES]

    assert all(first > second for first, second in pairwise(lights))


def test_what_a_picture_adds_replaces_what_all_share():
    assert base_layout(margin={"t": 1})["margin"] == {"t": 1}
    assert base_axis(gridcolor="red")["gridcolor"] == "red"
    assert base_layout()["separators"] == ",."


def linear(colour: str) -> tuple[float, ...]:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return tuple(
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )


def times(matrix, vector) -> tuple[float, ...]:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def lab(colour: str, sight) -> tuple[float, float, float]:
    seen = [min(max(part, 0), 1) for part in times(sight, linear(colour))]
    ratios = (part / white for part, white in zip(times(TO_XYZ, seen), WHITE, strict=True))
    x, y, z = (
        ratio ** (1 / 3) if ratio > 0.008856 else 7.787 * ratio + 16 / 116 for ratio in ratios
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: str, other: str, sight) -> float:
    return sum((a - b) ** 2 for a, b in zip(lab(one, sight), lab(other, sight), strict=True)) ** 0.5


def luminance(colour: str) -> float:
    return times(TO_XYZ, linear(colour))[1]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
