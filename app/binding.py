"""Binds the models and the migrations to one database."""

from pathlib import Path

from flask import Flask
from sqlalchemy.engine import make_url

from app.database import ENGINE_OPTIONS, configure_engine
from app.extensions import migrate
from models import db

ROOT = Path(__file__).resolve().parent.parent


def bind_database(flask_app: Flask, database_url: str, instance_path: Path) -> None:
    """Let an application use a database; opens no connection yet."""
    flask_app.config.update(
        SQLALCHEMY_DATABASE_URI=database_url, SQLALCHEMY_ENGINE_OPTIONS=ENGINE_OPTIONS
    )
    if make_url(database_url).get_backend_name() == "sqlite":
        # The file holds personal data: a new folder is its owner's alone.
        instance_path.mkdir(mode=0o700, parents=True, exist_ok=True)
    db.init_app(flask_app)
    migrate.init_app(flask_app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    with flask_app.app_context():
        configure_engine(db.engine)


def bare_app(database: Path) -> Flask:
    """Return an application that can do nothing but read and write the SQLite file `database`."""
    flask_app = Flask("bare", instance_path=str(database.parent.resolve()))
    bind_database(flask_app, f"sqlite:///{database.resolve().as_posix()}", database.parent)
    return flask_app
