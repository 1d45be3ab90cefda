"""Pages: one module and one blueprint per area."""

from flask import Flask

from app.web import (
    accounts,
    catalogues,
    change_log,
    contacts,
    health,
    history,
    home,
    invitations,
    own_account,
    pairing,
    settings,
    sign_in,
    system,
)
from app.web.arguments import RowIdConverter

BLUEPRINTS = (
    accounts.blueprint,
    catalogues.blueprint,
    change_log.blueprint,
    contacts.blueprint,
    health.blueprint,
    history.blueprint,
    home.blueprint,
    invitations.blueprint,
    own_account.blueprint,
    pairing.blueprint,
    settings.blueprint,
    sign_in.blueprint,
    system.blueprint,
)


def register(flask_app: Flask) -> None:
    """Register every blueprint, and how numbers in addresses are read."""
    flask_app.url_map.converters["int"] = RowIdConverter
    for blueprint in BLUEPRINTS:
        flask_app.register_blueprint(blueprint)
