"""Pages: one module and one blueprint per area."""

from flask import Flask

from app.web import health

BLUEPRINTS = (health.blueprint,)


def register(flask_app: Flask) -> None:
    """Register every blueprint."""
    for blueprint in BLUEPRINTS:
        flask_app.register_blueprint(blueprint)
