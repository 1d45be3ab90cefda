"""The pages of one ward beside each other: overview, network, charts."""

from typing import NamedTuple

from flask import url_for

from app.access.current import may
from app.access.policy import Permission
from app.texts import _


class Tab(NamedTuple):
    """A page of the ward; only who holds the permission sees it."""

    label: str
    endpoint: str
    permission: Permission


class TabLink(NamedTuple):
    """A tab as the page shows it."""

    label: str
    url: str
    is_current: bool


TABS = (
    Tab("Tổng quan", "wards.show", Permission.VIEW_WARDS),
    Tab("Mạng lưới", "ward_network.show", Permission.VIEW_PEOPLE),
    Tab("Biểu đồ", "charts.ward", Permission.VIEW_WARDS),
)


def ward_tabs(code: str, day: str | None, current: str) -> list[TabLink]:
    """Return the tabs of a ward for the reader; `day` (dd/mm/yyyy) is kept if it is a past one."""
    return [
        TabLink(
            str(_(tab.label)), url_for(tab.endpoint, code=code, ngay=day), tab.endpoint == current
        )
        for tab in TABS
        if may(tab.permission)
    ]
