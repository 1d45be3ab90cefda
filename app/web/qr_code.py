"""QR codes as paths, so that a template draws them without style or script."""

from typing import NamedTuple

# Blank modules around the code that readers need (ISO/IEC 18004).
QUIET_ZONE = 4


class QrCode(NamedTuple):
    """The side of the square with its margin, in modules, and the outline of the dark ones."""

    side: int
    path: str


def make_qr_code(text: str) -> QrCode:
    """Return the code of a text, readable with 15 % of it soiled, as on paper."""
    import segno  # only this page needs it

    matrix = segno.make(text, error="m", micro=False).matrix
    dark = (
        f"M{column + QUIET_ZONE} {row + QUIET_ZONE}h1v1h-1z"
        for row, modules in enumerate(matrix)
        for column, is_dark in enumerate(modules)
        if is_dark
    )
    return QrCode(len(matrix) + 2 * QUIET_ZONE, "".join(dark))
