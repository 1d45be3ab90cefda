"""Pages: one module and one blueprint per area."""

from flask import Flask

from app.web import (
    accounts,
    assignment_drafts,
    audit,
    blank_areas,
    catalogues,
    change_log,
    charts,
    comparison,
    consents,
    contacts,
    departures,
    desk_figures,
    duty,
    figures,
    handoffs,
    health,
    help_sessions,
    history,
    home,
    invitations,
    mentees,
    mentor_change,
    mentors,
    own_account,
    pairing,
    people,
    plans,
    province,
    province_map,
    reviews,
    roster_export,
    roster_imports,
    settings,
    sign_in,
    support_posts,
    system,
    twinning,
    ward_network,
    wards,
    work_list,
)
from app.web.arguments import PlainTextConverter, RowIdConverter

BLUEPRINTS = (
    accounts.blueprint,
    assignment_drafts.blueprint,
    audit.blueprint,
    blank_areas.blueprint,
    catalogues.blueprint,
    change_log.blueprint,
    charts.blueprint,
    comparison.blueprint,
    consents.blueprint,
    contacts.blueprint,
    departures.blueprint,
    desk_figures.blueprint,
    duty.blueprint,
    figures.blueprint,
    handoffs.blueprint,
    health.blueprint,
    help_sessions.blueprint,
    history.blueprint,
    home.blueprint,
    invitations.blueprint,
    mentees.blueprint,
    mentor_change.blueprint,
    mentors.blueprint,
    own_account.blueprint,
    pairing.blueprint,
    people.blueprint,
    plans.blueprint,
    province.blueprint,
    province_map.blueprint,
    reviews.blueprint,
    roster_export.blueprint,
    roster_imports.blueprint,
    settings.blueprint,
    sign_in.blueprint,
    support_posts.blueprint,
    system.blueprint,
    twinning.blueprint,
    ward_network.blueprint,
    wards.blueprint,
    work_list.blueprint,
)


def register(flask_app: Flask) -> None:
    """Register every blueprint, and how addresses are read."""
    flask_app.url_map.converters["int"] = RowIdConverter
    flask_app.url_map.converters["string"] = PlainTextConverter
    flask_app.url_map.converters["default"] = PlainTextConverter
    for blueprint in BLUEPRINTS:
        flask_app.register_blueprint(blueprint)
