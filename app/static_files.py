"""Scripts, styles, fonts and pictures: their addresses, and how they are sent."""

import gzip
import hashlib
import re
from functools import cache
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any

import brotli
from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.responders import Response, StaticFile

FOLDER = Path(__file__).resolve().parent.parent / "static"
PACKERS = {"br": brotli.compress, "gzip": gzip.compress}
IMPORT = re.compile(r"""(?:from |import\()'\./([\w.]+)'""")
TEXTS = frozenset({".css", ".js", ".svg"})


class PackedFile(StaticFile):  # type: ignore[misc]  # WhiteNoise ships no types
    """A text of our own, compressed when it is first asked for.

    The vendored libraries lie compressed beside the originals; ours change with every commit.
    """

    def __init__(self, path: str, headers: list[tuple[str, str]]) -> None:
        super().__init__(path, [*headers, ("Vary", "Accept-Encoding")])
        self.packed = cache(self._pack)

    def get_response(self, method: str, request_headers: dict[str, str]) -> Response:
        """Answer as any file does, but for those who take less with a packed one."""
        answer = super().get_response(method, request_headers)
        accepted = request_headers.get("HTTP_ACCEPT_ENCODING", "")
        encoding = next((name for name in PACKERS if name in accepted), None)
        if encoding is None or answer.status != HTTPStatus.OK or answer.file is None:
            return answer
        answer.file.close()
        content = self.packed(encoding)
        headers = [pair for pair in answer.headers if pair[0] != "Content-Length"]
        described = [("Content-Encoding", encoding), ("Content-Length", str(len(content)))]
        return Response(HTTPStatus.OK, headers + described, BytesIO(content))

    def _pack(self, encoding: str) -> bytes:
        packed: bytes = PACKERS[encoding](Path(self.alternatives[0][1]).read_bytes())
        return packed


class StaticFiles(WhiteNoise):  # type: ignore[misc]  # WhiteNoise ships no types
    """The files of `static/`; what has a version or a digest in its path never changes."""

    def __init__(self, application: Any) -> None:  # noqa: ANN401  # whatever speaks WSGI
        super().__init__(
            application,
            root=str(FOLDER),
            prefix="static/",
            max_age=3600,
            mimetypes={".geojson": "application/geo+json"},
            immutable_file_test=r"^/static/(vendor|geo|js-[0-9a-f]+)/",
        )
        self.add_files(str(FOLDER / "js"), prefix=f"static/{scripts_folder()}/")

    def get_static_file(
        self, path: str, url: str, stat_cache: dict[str, Any] | None = None
    ) -> StaticFile:
        """Return the file as it will be sent; ours are packed, vendored ones lie packed ready."""
        ready = super().get_static_file(path, url, stat_cache=stat_cache)
        is_own_text = Path(path).suffix in TEXTS and len(ready.alternatives) == 1
        return PackedFile(path, ready.alternatives[0][2]) if is_own_text else ready


def version_static_files(flask_app: Flask) -> None:
    """Put a digest of each static file into its address, so that an upgrade is seen at once.

    Scripts import each other by name, so theirs stands for all of them, and in the path.
    """

    @flask_app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint != "static":
            return
        folder, _slash, name = values["filename"].partition("/")
        if folder == "js":
            values["filename"] = f"{scripts_folder()}/{name}"
        # A folder, to which scripts add a name, has no version.
        elif version := _digest(FOLDER / values["filename"]):
            values["v"] = version


@cache
def scripts_folder() -> str:
    """Return the folder of our scripts as addresses name it, with the digest of all of them."""
    content = b"".join(path.read_bytes() for path in sorted((FOLDER / "js").glob("*.js")))
    return f"js-{hashlib.sha256(content).hexdigest()[:8]}"


@cache
def modules_of(script: str) -> tuple[str, ...]:
    """Return the names of a script and of all others that it imports, at once or later."""
    found = [script]
    for name in found:
        imported = IMPORT.findall((FOLDER / "js" / name).read_text(encoding="utf-8"))
        found += [other for other in dict.fromkeys(imported) if other not in found]
    return tuple(found)


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8] if path.is_file() else ""
