"""Labels of groups and languages: told apart in one cell, known in their usual short forms."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from models.names import fold, normalise_name

# Short or other forms (as label_key gives them) → the label of the shipped catalogue, likewise.
_OTHER_FORMS = {
    "nct": "nguoi cao tuoi",
    "cao tuoi": "nguoi cao tuoi",
    "nguoi gia": "nguoi cao tuoi",
    "ngheo": "ho ngheo",
    "can ngheo": "ho can ngheo",
    "dtts": "dong bao dan toc thieu so",
    "dan toc thieu so": "dong bao dan toc thieu so",
    "nguoi dtts": "dong bao dan toc thieu so",
    "dong bao dtts": "dong bao dan toc thieu so",
    "nguoi dan toc thieu so": "dong bao dan toc thieu so",
    "dan toc": "dong bao dan toc thieu so",
    "vung sau": "vung sau vung xa",
    "vung xa": "vung sau vung xa",
    "lao dong": "lao dong pho thong",
    "cbccvc": "can bo cong chuc vien chuc",
    "cb cc vc": "can bo cong chuc vien chuc",
    "can bo": "can bo cong chuc vien chuc",
    "cong chuc": "can bo cong chuc vien chuc",
    "vien chuc": "can bo cong chuc vien chuc",
    "nguoi lao dong": "nguoi lao dong doanh nghiep htx",
    "nld": "nguoi lao dong doanh nghiep htx",
    "khuyet tat": "nguoi khuyet tat",
    "nkt": "nguoi khuyet tat",
    "hs": "hoc sinh",
    "sv": "sinh vien",
    "kinh": "kinh tieng viet",
    "viet": "kinh tieng viet",
    "tieng viet": "kinh tieng viet",
    "tieng kinh": "kinh tieng viet",
    "gia rai": "jrai",
    "jarai": "jrai",
    "tieng jrai": "jrai",
    "tieng gia rai": "jrai",
    "ba na": "bahnar",
    "bana": "bahnar",
    "tieng ba na": "bahnar",
    "tieng bahnar": "bahnar",
    "cham": "cham hroi",
    "hroi": "cham hroi",
    "tieng hre": "hre",
}
_SEPARATORS = re.compile(r"[;,/\n|+]|\s-\s|\s(?:và|va)\s", re.IGNORECASE)


@lru_cache(maxsize=4096)
def label_key(text: str) -> str:
    """Return the text for comparing labels: folded, every run of other signs as one space."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(text)).split())


class Labels:
    """The labels of one catalogue, found again however they were typed."""

    def __init__(self, labels: Sequence[str]) -> None:
        self._labels = {label_key(label): label for label in labels}
        by_bare_name = {label_key(label.partition("(")[0]): label for label in labels}
        self._labels = by_bare_name | self._labels
        for other, key in _OTHER_FORMS.items():
            if key in self._labels:
                self._labels.setdefault(other, self._labels[key])

    def find(self, text: str) -> str | None:
        """Return the catalogue's label for the text, or None."""
        return self._labels.get(label_key(text))

    def split(self, text: str) -> tuple[str, ...]:
        """Return the labels in a cell, each once; what is not in the catalogue stays as typed.

        They are separated by ; , / or a new line, but a label that itself holds such a sign
        ("vùng sâu, vùng xa") is one.
        """
        return tuple(dict.fromkeys(self._parts(text)))

    def _parts(self, text: str) -> Iterator[str]:
        pieces = list(_pieces(text))
        first = 0
        while first < len(pieces):
            last, label = self._longest_label(text, pieces[first:])
            if label:
                yield label
            first += last

    def _longest_label(self, text: str, pieces: list[tuple[int, int]]) -> tuple[int, str]:
        start = pieces[0][0]
        for count in range(len(pieces[:6]), 0, -1):
            known = self.find(text[start : pieces[count - 1][1]])
            if known is not None:
                return count, known
        return 1, normalise_name(text[start : pieces[0][1]])


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for separator in _SEPARATORS.finditer(text):
        yield start, separator.start()
        start = separator.end()
    yield start, len(text)
