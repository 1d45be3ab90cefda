"""Runs the benches: `python -m bench [--quick] [--data DIR] [NAME …]`, or makes a table of them."""

import argparse
import multiprocessing
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

from bench import one
from bench.measuring import Measured, as_json
from bench.registry import BENCHES
from bench.sites import ROOT, prepare
from bench.table import markdown_table

KEPT = ROOT / ".bench"
# These compare the larger scale with the smaller one.
OF_BOTH_SCALES = frozenset({"page_growth", "plan_growth"})
DONE, FAILED = 0, 1
# Where the system can, a process begins as a copy of one that has loaded the program already.
PROCESSES = (
    multiprocessing.get_context("forkserver")
    if "forkserver" in multiprocessing.get_all_start_methods()
    else multiprocessing.get_context("spawn")
)
PROCESSES.set_forkserver_preload(["bench.one"])


def main(arguments: Sequence[str]) -> int:
    """Run what the command line names: 0 when everything holds, 1 when not, 2 for wrong usage."""
    options = read_options(arguments)
    if options.table:
        print(markdown_table(options.table.read_text(encoding="utf-8").splitlines()))
        return DONE
    scale = "S1" if options.quick else "S2"
    names = options.names or [
        name for name in BENCHES if not (options.quick and name in OF_BOTH_SCALES)
    ]
    kept = options.data.resolve()
    for needed in ("S1", "S2"):
        if needed == scale or OF_BOTH_SCALES.intersection(names):
            prepare(kept, needed)
    with tempfile.TemporaryDirectory(prefix="run-", dir=kept) as copies:
        # All of them are run, also after one that does not hold.
        held = [run_alone(name, scale, kept, Path(copies)) for name in names]
    return DONE if all(held) else FAILED


def read_options(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line; ends the process with 2 where it is wrong."""
    parser = argparse.ArgumentParser(
        prog="python3 dev.py bench", description="Đo tốc độ; mỗi kết quả là một dòng JSON."
    )
    parser.add_argument(
        "names", nargs="*", choices=[[], *BENCHES], metavar="TÊN", help=", ".join(BENCHES)
    )
    parser.add_argument("--quick", action="store_true", help="chỉ đo ở cỡ nhỏ")
    parser.add_argument("--data", type=Path, default=KEPT, help="thư mục giữ dữ liệu mẫu")
    parser.add_argument("--table", type=Path, metavar="TỆP", help="làm bảng từ các dòng JSON")
    return parser.parse_args(arguments)


def run_alone(name: str, scale: str, kept: Path, copies: Path) -> bool:
    """Run one bench in a process of its own, which prints its lines, and say whether all hold.

    So none is measured in what another one left in memory.
    """
    held, holding = PROCESSES.Pipe(duplex=False)
    place = BENCHES[name].measure.__module__
    program = PROCESSES.Process(target=one.run, args=(place, name, scale, (kept, copies), holding))
    program.start()
    holding.close()
    try:
        lines = list(_until_closed(held))
        program.join()
    except BaseException:
        program.terminate()
        raise
    if program.exitcode:
        broken = Measured(of="nothing", ratio=None, rounds=0)
        print(as_json(name, scale, BENCHES[name].bounds, broken), flush=True)
        return False
    return all(lines)


def _until_closed(held: "Connection[None, bool]") -> Iterator[bool]:
    """Yield for each line whether it holds, until the process has nothing more to tell."""
    with suppress(EOFError):
        while True:
            yield held.recv()


def heed_termination() -> None:
    """Let the signal that asks to end unwind what was begun, as Ctrl+C does."""

    def end(*_: object) -> NoReturn:
        raise SystemExit(FAILED)

    signal.signal(signal.SIGTERM, end)


if __name__ == "__main__":
    heed_termination()
    sys.exit(main(sys.argv[1:]))
