"""The words about sessions that were noted many at once, below a figure that counts them."""

from app.formatting import format_number
from app.texts import _


def with_bundled_note(caption: str, bundled: int) -> str:
    """Return a caption that also says how many of its sessions were noted many at once."""
    if bundled == 0:
        return caption
    note = _("Trong đó có %(count)s lượt được ghi gộp một lần.", count=format_number(bundled))
    return f"{caption} {note}"
