"""The texts of a report: those written from its figures, those that people put in their place."""

import hashlib
from typing import NamedTuple

from app.quarterly import words
from app.queries.report_drafts import DraftRow
from app.reports.figures import ReportFigures

# The paragraphs that the figures write themselves.
PARAGRAPHS = ("network", "desk", "activities", "wards")
BASIS_LENGTH = 16


class ReportTexts(NamedTuple):
    """What people write into a report themselves; None keeps what the figures say."""

    network: str | None = None
    desk: str | None = None
    activities: str | None = None
    wards: str | None = None
    difficulties: str = ""
    next_tasks: str = ""


def written_texts(figures: ReportFigures) -> ReportTexts:
    """Return the paragraphs on the province that the figures yield."""
    return ReportTexts(
        network=network_text(figures),
        desk=words.desk_text(figures),
        activities=words.activity_text(figures),
        wards=words.wards_text(figures),
    )


def network_text(figures: ReportFigures) -> str:
    """Return the paragraphs on mentors, mentees and what these learnt, one a line."""
    return "\n".join(filter(None, (words.network_text(figures), words.learning_text(figures))))


def kept_texts(draft: DraftRow | None) -> ReportTexts:
    """Return the texts of a draft."""
    if draft is None:
        return ReportTexts()
    return ReportTexts(*(getattr(draft, name) for name in ReportTexts._fields))


def as_shown(texts: ReportTexts, written: ReportTexts) -> ReportTexts:
    """Return texts with the figures' own words where nothing stands in their place."""
    own = {name: getattr(written, name) for name in PARAGRAPHS if getattr(texts, name) is None}
    return texts._replace(**own)


def outdated_paragraphs(draft: DraftRow | None, written: ReportTexts) -> dict[str, str]:
    """Return what the figures say now of each paragraph that was made from other figures."""
    if draft is None:
        return {}
    return {
        name: getattr(written, name) or ""
        for name in PARAGRAPHS
        if getattr(draft, name) is not None
        and getattr(draft, f"{name}_basis") != basis_of(getattr(written, name))
    }


def basis_of(text: str | None) -> str:
    """Return by what a paragraph is known again: some digits of its SHA-256."""
    return hashlib.sha256(_lines(text).encode()).hexdigest()[:BASIS_LENGTH]


def is_as_written(text: str | None, other: str | None) -> bool:
    """Say whether two texts have the same lines; browsers end theirs in their own way."""
    return _lines(text) == _lines(other)


def _lines(text: str | None) -> str:
    return "\n".join(line.strip() for line in (text or "").splitlines() if line.strip())
