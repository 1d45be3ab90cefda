"""What lets the site be installed, and opened without network: nothing here names anybody."""

import hashlib
import json

from flask import Blueprint, Response, jsonify, make_response
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from jinja2 import Environment

from app.access.decorators import public
from app.queries.demonstration import was_demonstration_site
from app.static_files import modules_of
from app.texts import _
from app.web.addresses import known_address

blueprint = Blueprint("offline", __name__)

SHELL = "offline.shell"
STYLES = ("fonts", "site", "components", "print", "desk")
FONTS = tuple(f"{part}-{weight}" for part in ("latin", "vietnamese") for weight in (400, 600))
# What styles and scripts ask for by name, without a version.
BY_NAME = {
    "img/": ("chevron.svg",),
    "vendor/be-vietnam-pro-5.3.0/": tuple(f"be-vietnam-pro-{font}-normal.woff2" for font in FONTS),
    "vendor/tom-select-2.6.2/": ("tom-select.min.css", "tom-select.base.min.js"),
}
ICONS = (("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any"))
MASKABLE = ("icon-maskable-512.png", "512x512", "maskable")


class _Templates:
    """Where the page is rendered from: straight, without what the layout knows of the reader."""

    environment: Environment


@blueprint.record
def know_templates(state: BlueprintSetupState) -> None:
    """Keep the templates of the program that these pages belong to."""
    _Templates.environment = state.app.jinja_env


@blueprint.get("/ho-tro/ngoai-tuyen")
@public
def shell() -> str:
    """Show the page that a browser keeps for when there is no network."""
    return _shell()


@blueprint.get("/service-worker.js")
@public
def worker() -> Response:
    """Return the script that keeps that page and shows it; it changes with each file it keeps."""
    return _script(f"{_kept()}importScripts({_script_name('worker.js')});\n")


@blueprint.get("/service-worker-module.js")
@public
def sending_worker() -> Response:
    """Return the same as a module, which may import what also sends the entries that wait."""
    names = ("worker.js", "worker_sending.js")
    imports = "".join(f"import {_script_name(name)};\n" for name in names)
    return _script(imports + _kept())


@blueprint.get("/manifest.webmanifest")
@public
def manifest() -> ResponseReturnValue:
    """Say how the site looks on a home screen."""
    home = known_address("home.index")
    answer = jsonify(
        id=home,
        name=_("Đại sứ số Gia Lai"),
        short_name=_("Đại sứ số"),
        description=_("Mạng lưới Đại sứ số: ghi lượt hỗ trợ, ghép cặp, theo dõi xã, phường"),
        lang="vi",
        start_url=home,
        scope=home,
        display="standalone",
        background_color="#ffffff",
        theme_color="#ffffff",
        icons=[
            {
                "src": known_address("static", f"img/{name}"),
                "sizes": sizes,
                "type": "image/png",
                "purpose": purpose,
            }
            for name, sizes, purpose in (*ICONS, MASKABLE)
        ],
    )
    answer.mimetype = "application/manifest+json"
    return answer


def _kept() -> str:
    """Say what the worker keeps, and where it finds what it needs."""
    files = _files()
    kept = {
        "version": hashlib.sha256(json.dumps([files, _shell()]).encode()).hexdigest()[:12],
        "shell": known_address(SHELL),
        "files": files,
        "starts": [known_address("home.index"), known_address("help_sessions.create")],
        "unsent": known_address("unsent_sessions.show"),
    }
    return f"self.kept = {json.dumps(kept)};\n"


def _script_name(module: str) -> str:
    return json.dumps(known_address("static", f"js/{module}"))


def _script(text: str) -> Response:
    answer = make_response(text)
    answer.mimetype = "text/javascript"
    return answer


def _shell() -> str:
    """Render the page, which must not depend on who is asking."""
    template = _Templates.environment.get_template("help_sessions/offline.html")
    return template.render(is_demonstration=was_demonstration_site(), notices=[])


def _files() -> list[str]:
    """Return the addresses of all that the page needs, as its parts ask for them."""
    versioned = [
        *(f"css/{style}.css" for style in STYLES),
        *(f"js/{module}" for module in modules_of("site.js")),
        "img/icons.svg",
        "img/mark.svg",
    ]
    return [known_address("static", name) for name in versioned] + [
        known_address("static", folder) + name
        for folder, names in BY_NAME.items()
        for name in names
    ]
