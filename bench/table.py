"""Turns the lines of a run into the table of docs/performance.md."""

import json
from collections.abc import Iterable
from typing import Any

HEADINGS = (
    ("Bench", "bench"),
    ("Scale", "scale"),
    ("Against", "of"),
    ("Ratio", "ratio"),
    ("Must", "must"),
    ("Goal", "goal"),
    ("Holds", "holds"),
    ("Median, ms", "median_ms"),
    ("Baseline, ms", "baseline_ms"),
    ("Peak, MB", "peak_mb"),
    ("Rounds", "rounds"),
)
WORDS = frozenset({"bench", "scale", "of"})


def markdown_table(lines: Iterable[str]) -> str:
    """Return a Markdown table of lines of JSON as a run prints them, in their order."""
    rows = [json.loads(line) for line in lines if line.strip()]
    head = " | ".join(heading for heading, _ in HEADINGS)
    rule = " | ".join("---" if key in WORDS else "--:" for _, key in HEADINGS)
    body = (" | ".join(_cell(row[key]) for _, key in HEADINGS) for row in rows)
    return "\n".join(f"| {line} |" for line in (head, rule, *body))


def _cell(value: Any) -> str:  # noqa: ANN401  # whatever JSON carries
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "**no**"
    return f"{value:.3g}" if isinstance(value, float) else str(value).replace("|", "\\|")
