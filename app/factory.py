"""Builds the application from its parts."""

from flask import Flask, Response
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from app import cli, web
from app.access.current import may
from app.access.policy import Permission
from app.binding import ROOT, bind_database
from app.extensions import babel, compress, csrf, limiter, login_manager, talisman
from app.figures.boundaries import BOUNDARIES_FILE, boundaries_url
from app.formatting import FILTERS
from app.static_files import StaticFiles, version_static_files
from app.web.error_pages import register_error_pages
from app.web.numbers_table import numbers_rows
from app.web.page_frame import frame_context
from app.web.reader_loader import register_reader_loader
from app.web.revalidation import register_revalidation
from app.web.secret_addresses import register_secret_addresses
from app.web.template_globals import PageEnvironment, use_known_addresses, use_source_texts
from app.wording import (
    assessment_source_label,
    consent_method_label,
    gender_label,
    person_role_label,
    role_label,
    skill_level_label,
    target_label,
    vneid_basis_label,
)
from config import Config

# plotly.js writes its rules into the style element that carries the nonce; the hash is the empty
# style of its colour bars; `blob:` is for saving a picture.
CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": [
        "'self'",
        "'unsafe-hashes'",
        "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    ],
    "img-src": ["'self'", "data:", "blob:"],
    "object-src": "'none'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def create_app(config: Config) -> Flask:
    """Return the application for one configuration; opens no connection yet."""
    flask_app = Flask(
        "app",
        root_path=str(ROOT / "app"),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
        instance_path=str(config.instance_path),
    )
    _configure(flask_app, config)
    bind_database(flask_app, config.database_url, config.instance_path)
    _bind_extensions(flask_app, config)
    _keep_pages_private(flask_app)
    version_static_files(flask_app)
    _prepare_templates(flask_app)
    web.register(flask_app)
    cli.register(flask_app)
    return flask_app


def _configure(flask_app: Flask, config: Config) -> None:
    flask_app.config.update(
        SECRET_KEY=config.secret_key,
        TESTING=config.is_testing,
        MAX_CONTENT_LENGTH=config.max_upload_bytes + 64 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        SESSION_COOKIE_NAME="daisuso",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.is_secure,
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE="vi",
        BABEL_DEFAULT_TIMEZONE="Asia/Ho_Chi_Minh",
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"),
    )


def _bind_extensions(flask_app: Flask, config: Config) -> None:
    register_revalidation(flask_app)
    register_secret_addresses(flask_app)
    babel.init_app(flask_app)
    compress.init_app(flask_app)
    csrf.init_app(flask_app)
    limiter.init_app(flask_app)
    login_manager.init_app(flask_app)
    talisman.init_app(
        flask_app,
        content_security_policy=CONTENT_SECURITY_POLICY,
        content_security_policy_nonce_in=["style-src"],
        force_https=config.is_secure,
        strict_transport_security=config.is_secure,
        session_cookie_secure=config.is_secure,
        frame_options="DENY",
        referrer_policy="same-origin",
    )
    register_reader_loader()
    register_error_pages(flask_app)
    flask_app.wsgi_app = _static_files(flask_app)  # type: ignore[method-assign]
    if config.is_secure:
        flask_app.wsgi_app = ProxyFix(flask_app.wsgi_app)  # type: ignore[method-assign]


def _static_files(flask_app: Flask) -> StaticFiles:
    """Serve `static/` and the outlines of the wards."""
    server = StaticFiles(flask_app.wsgi_app)
    server.add_file_to_dictionary(boundaries_url(), str(BOUNDARIES_FILE))
    return server


def _keep_pages_private(flask_app: Flask) -> None:
    """Let no cache keep a page: the Back button shows nothing once somebody signed out.

    Until then browsers that keep the last pages in memory still bring back what was typed.
    """

    @flask_app.after_request
    def add_cache_control(response: Response) -> Response:
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def _prepare_templates(flask_app: Flask) -> None:
    flask_app.jinja_environment = PageEnvironment
    environment = flask_app.jinja_env
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters.update(
        FILTERS,
        assessment_source=assessment_source_label,
        consent_method=consent_method_label,
        gender=gender_label,
        person_role=person_role_label,
        role=role_label,
        skill_level=skill_level_label,
        target_name=target_label,
        vneid_basis=vneid_basis_label,
    )
    environment.globals.update(may=may, numbers_rows=numbers_rows, Permission=Permission)
    use_source_texts(environment)
    use_known_addresses(environment)
    flask_app.context_processor(frame_context)
