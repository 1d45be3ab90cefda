"""The chain of the change log: each row's digest covers the row and the digest before it."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any

import orjson

from app.services.object_runs import ObjectRun


def chain_digest(previous: str, row: dict[str, Any]) -> str:
    """Return the SHA-256 of a log row together with the digest before it (hex)."""
    [digest] = chain_digests(previous, row, [ObjectRun(row["object_id"], row["object_count"])])
    return digest


def chain_digests(previous: str, row: dict[str, Any], runs: Iterable[ObjectRun]) -> Iterator[str]:
    """Yield the digests of log rows that tell the same of one run of objects after another.

    A digest covers how many objects there are only where there are several: a row about one is
    hashed as it was before there were runs, and no list of seven parts is also one of eight.
    """
    moment = row["changed_at"].astimezone(UTC).isoformat(timespec="microseconds")
    told = (moment, row["account_id"], row["batch_id"], row["object_kind"])
    # What stands between the digest before (hexadecimal, as it is) and the id, and at the end.
    middle = orjson.dumps(told).decode().removeprefix("[").removesuffix("]")
    end = orjson.dumps(row["action"]).decode()
    for run in runs:
        objects = f"{run.first_id},{run.how_many}" if run.how_many > 1 else f"{run.first_id}"
        parts = f'["{previous}",{middle},{objects},{end}]'
        previous = hashlib.sha256(parts.encode()).hexdigest()
        yield previous
