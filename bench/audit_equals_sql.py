"""Is the audit what plain SQL finds? `python -m bench.audit_equals_sql [--quick] [--day D …]`.

Answers one line of JSON for each rule, the wards and the totals of each day; exit status 0 where
all are the same, 1 where not.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from app import clock
from app.queries.audit import audit_scope
from app.queries.network import network_rows
from app.queries.settings import get_settings
from bench.changes import EVERYWHERE
from bench.plain_audit import PlainAudit, PlainFinding, PlainWard, plain_audit
from bench.sites import ROOT, Site, Sites, prepare
from graphs.audit import AuditReport, audit
from graphs.findings import Rule
from graphs.network import build_network
from models import db

SHOWN_DIFFERENCES = 5
# A past day of another half year, by which spells, pauses and capacities were others.
DAYS_BACK = 146

Part = tuple[str, set[Any], set[Any]]


def main(arguments: Sequence[str]) -> int:
    """Compare what the command line asks for; 0 where everything is the same, else 1."""
    options = read_options(arguments)
    scale = "S1" if options.quick else "S2"
    kept = options.data.resolve()
    prepare(kept, scale)
    with tempfile.TemporaryDirectory(prefix="run-", dir=kept) as copies:
        site = Sites(kept, Path(copies)).open(scale)
        today = clock.today()
        days = options.day or [today, today - timedelta(DAYS_BACK)]
        held = [tell(scale, day, part) for day in days for part in compare(site, day)]
    return 0 if all(held) else 1


def read_options(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line; ends the process with 2 where it is wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.audit_equals_sql",
        description="So sánh rà soát với SQL thuần; mỗi quy tắc là một dòng JSON.",
    )
    parser.add_argument("--quick", action="store_true", help="chỉ ở cỡ nhỏ")
    parser.add_argument("--data", type=Path, default=ROOT / ".bench", help="thư mục dữ liệu mẫu")
    parser.add_argument("--day", type=date.fromisoformat, action="append", help="ngày rà soát")
    return parser.parse_args(arguments)


def compare(site: Site, day: date) -> Iterator[Part]:
    """What SQL and the audit say of a day, part by part; the audit as kept and made anew."""
    with site.app.app_context():
        settings = get_settings(day)
        with db.engine.connect() as connection:
            plain = plain_audit(connection, day, asdict(settings))
        kept = audit_scope(EVERYWHERE, day)
        rows = network_rows(EVERYWHERE, day, default_capacity=settings.default_capacity)
        anew = audit(build_network(rows, as_of=day), settings.thresholds)
    yield "kept and made anew", {kept}, {anew}
    yield from parts(plain, anew)


def parts(plain: PlainAudit, report: AuditReport) -> Iterator[Part]:
    """The rules in their order, then wards and totals: what SQL says, and what the audit says."""
    found = as_plain(report)
    for rule in Rule:
        yield (
            rule.value,
            {finding for finding in plain.findings if finding.rule == rule.value},
            {finding for finding in found.findings if finding.rule == rule.value},
        )
    yield "wards", {*plain.wards}, {*found.wards}
    yield "totals", {*plain.totals.items()}, {*found.totals.items()}


def as_plain(report: AuditReport) -> PlainAudit:
    """A report in the words of the plain audit."""
    return PlainAudit(
        findings=frozenset(
            PlainFinding(
                finding.rule.value,
                finding.ward,
                finding.subject.id,
                finding.measured,
                finding.expected,
                finding.since,
            )
            for finding in report.findings
        ),
        wards=tuple(
            PlainWard(
                ward.code,
                ward.status.value,
                ward.primary_cause and ward.primary_cause.value,
                ward.figures.mentors,
                ward.figures.mentees,
                ward.figures.waiting,
                ward.figures.support_posts,
            )
            for ward in report.wards
        ),
        totals=report.totals._asdict(),
    )


def tell(scale: str, day: date, part: Part) -> bool:
    """Print a line, and say whether both sides are the same."""
    name, by_sql, by_audit = part
    line: Mapping[str, object] = {
        "check": "audit_equals_sql",
        "scale": scale,
        "as_of": day.isoformat(),
        "part": name,
        "sql": len(by_sql),
        "audit": len(by_audit),
        "only_sql": _some(by_sql - by_audit),
        "only_audit": _some(by_audit - by_sql),
        "holds": by_sql == by_audit,
    }
    print(json.dumps(line, ensure_ascii=False, default=str), flush=True)
    return by_sql == by_audit


def _some(differing: set[Any]) -> list[Any]:
    return sorted(differing, key=repr)[:SHOWN_DIFFERENCES]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
