"""The words of a file that stand for rows of the office's lists."""

from collections.abc import Sequence

from app.exchange.labels import label_key
from app.exchange.records import RosterRole
from app.exchange.remembered import Remembered
from app.queries.roster_catalogues import Catalogues, GroupRow, ReasonRow

OTHER = "other"
MENTOR_LEFT = "mentor_left"


class Words:
    """Finds groups, languages and reasons by label or code, without accents or case.

    A file repeats its words, so that each is looked up once.
    """

    def __init__(self, catalogues: Catalogues) -> None:
        groups = {label_key(group.label): group for group in catalogues.groups}
        languages = {label_key(row.label): row.id for row in catalogues.languages}
        self._groups = Remembered[str, GroupRow | None](lambda label: groups.get(label_key(label)))
        self._languages = Remembered[str, int | None](lambda word: languages.get(label_key(word)))
        self._reasons = catalogues.reasons
        self._reasons_found = Remembered(self._find_reason)

    def group(self, label: str) -> GroupRow | None:
        """Return the target group of that name."""
        return self._groups[label]

    def language_id(self, label: str) -> int | None:
        """Return the id of the language of that name."""
        return self._languages[label]

    def reason(self, text: str | None, role: RosterRole) -> ReasonRow | None:
        """Return the reason for which a role ends; «other» where the file names none."""
        return self._reasons_found[text, role]

    def reason_with(self, reason_id: int | None) -> ReasonRow | None:
        """Return the reason of that id."""
        return next((reason for reason in self._reasons if reason.id == reason_id), None)

    def reason_labels(self, role: RosterRole) -> list[str]:
        """Return the reasons that may be written for a role."""
        return [reason.label for reason in self._reasons if role in reason.roles]

    def mentorship_reason_id(self, reason: ReasonRow | None) -> int:
        """Return why a mentorship ends when its mentee, or else (None) its mentor, does."""
        if reason is not None and reason.ends_mentorships:
            return reason.id
        code = MENTOR_LEFT if reason is None else OTHER
        return next(row.id for row in self._reasons if row.code == code)

    def _find_reason(self, asked: tuple[str | None, RosterRole]) -> ReasonRow | None:
        text, role = asked
        return _found(text or OTHER, [r for r in self._reasons if role in r.roles])


def _found(text: str, reasons: Sequence[ReasonRow]) -> ReasonRow | None:
    """Return the reason of that label or code, or the only one whose label begins like that."""
    key = label_key(text)
    exact = [r for r in reasons if key in {label_key(r.label), label_key(r.code)}]
    begun = [r for r in reasons if key and label_key(r.label).startswith(f"{key} ")]
    found = exact or begun
    return found[0] if exact or len(found) == 1 else None
