"""What more would be found in a ward if something happened, in words."""

from collections import Counter

from app.finding_wording import RULE_LABELS
from app.queries.supposed import Supposed
from app.texts import _
from graphs.comparison import only_in
from graphs.findings import Severity


def say_what_opens(supposed: Supposed) -> list[str]:
    """Return a line for each rule that is then broken more often, the gravest first.

    Notices, which ask for nothing, are left out.
    """
    opened = only_in(supposed.then.findings, supposed.now.findings)
    counted = Counter(one.rule for one in opened if one.severity is not Severity.NOTICE)
    return [
        _(RULE_LABELS[rule]) if count == 1 else f"{_(RULE_LABELS[rule])}: {count}"
        for rule, count in counted.items()
    ]
