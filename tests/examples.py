"""How many made-up examples are tried: few with every run of the suite, thousands when asked for.

`EXAMPLES_TIMES=20 pytest tests/unit/graphs` tries twenty times as many (docs/correctness.md).
"""

import os

TIMES = int(os.environ.get("EXAMPLES_TIMES", "1"))


def many(examples: int) -> int:
    """So many in every run, and as many times as many as are asked for."""
    return examples * TIMES
