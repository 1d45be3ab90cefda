"""Where the guard tests find the program's own files."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("app", "graphs", "models")
NOT_OURS = frozenset(
    {".git", ".venv", ".bench", "instance", "node_modules", "screenshots", "htmlcov"}
)


def package_modules(*packages: str) -> list[Path]:
    """Return the Python files of the packages (folders relative to the root), sorted."""
    folders = packages or PACKAGES
    return sorted(path for name in folders for path in (ROOT / name).rglob("*.py"))


def templates(folder: str = "") -> list[Path]:
    return sorted((ROOT / "templates" / folder).rglob("*.html"))


def own_static_files(*suffixes: str) -> list[Path]:
    """Return the files of `static/` that are not copies of other people's work."""
    vendored = ROOT / "static" / "vendor"
    found = (path for path in (ROOT / "static").rglob("*") if path.suffix in suffixes)
    return sorted(path for path in found if not path.is_relative_to(vendored))


def tracked_tree(folder: Path = ROOT) -> Iterator[Path]:
    """Yield every file of the project, without what tools and the site itself make."""
    for path in sorted(folder.iterdir()):
        if path.name in NOT_OURS or path.name.endswith(("_cache", "__pycache__")):
            continue
        if path.is_dir():
            yield from tracked_tree(path)
        elif path.is_file():
            yield path


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, node: ast.expr | ast.stmt | ast.excepthandler) -> str:
    """Return "app/web/mentors.py:12" for a complaint."""
    return f"{short(path)}:{node.lineno}"


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
