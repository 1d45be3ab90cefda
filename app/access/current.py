"""Who is asking in this request: the signed-in reader, their rights, and their scope."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from flask import g
from flask_login import UserMixin, current_user

from app.access.policy import GRANTS, UNDOING_OWN_ACTIONS_ONLY, Permission
from app.access.scope import WardScope
from app.errors import NotPermittedError
from models.enums import Role


@dataclass(frozen=True, slots=True)
class GrantedRole:
    """A role in force today, over one ward or (`ward_id` None) over all of them."""

    role: Role
    ward_id: int | None
    ward_code: str | None = None
    ward_name: str | None = None


@dataclass(frozen=True)
class Reader(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """A signed-in account as plain values, so that nothing expires with a database session.

    `is_on_demonstration` says of the site whether it holds demonstration data.
    """

    token: str
    sign_in_id: int
    account_id: int
    username: str
    display_name: str
    must_change_password: bool
    account_made_at: datetime
    grants: tuple[GrantedRole, ...]
    last_seen_at: datetime | None = None
    is_on_demonstration: bool = False

    @property
    def browser_key(self) -> str:
        """What a browser files the unsent entries of this account under, for as long as it exists.

        It names nobody, and is no proof of who is asking. The instant of creation tells accounts of
        the same number apart, where a site took the place of another one.
        """
        known = f"{self.account_id} {self.account_made_at.timestamp()}"
        return hashlib.sha256(known.encode()).hexdigest()[:24]

    def get_id(self) -> str:
        """Return what the cookie carries: the sign-in's token, never the account's id."""
        return self.token

    def holds(self, permission: Permission) -> bool:
        """Say whether any grant allows the permission, in whichever ward.

        The own account needs no role: whoever lost the last one may still change the password.
        """
        return permission is Permission.USE_OWN_ACCOUNT or any(
            permission in GRANTS[grant.role] for grant in self.grants
        )

    def scope_for(self, permission: Permission) -> WardScope:
        """Return the wards over which the permission is held; an empty scope if nowhere."""
        allowing = [
            grant
            for grant in self.grants
            if permission in GRANTS[grant.role]
            and not (
                permission is Permission.UNDO_CHANGES and grant.role in UNDOING_OWN_ACTIONS_ONLY
            )
        ]
        if any(grant.ward_id is None for grant in allowing):
            return WardScope.everywhere(self.account_id)
        ward_ids = [grant.ward_id for grant in allowing if grant.ward_id is not None]
        return WardScope.of(ward_ids, self.account_id)


def current_reader() -> Reader | None:
    """Return the signed-in reader, or None."""
    # The reader itself: each look through Flask-Login's proxy goes by way of the request.
    user = current_user._get_current_object()  # noqa: SLF001  # werkzeug's documented way
    return user if isinstance(user, Reader) else None


def require_reader() -> Reader:
    """Return the signed-in reader; raise `NotPermittedError` when nobody is signed in."""
    reader = current_reader()
    if reader is None:
        raise NotPermittedError
    return reader


def may(permission: Permission) -> bool:
    """Say whether the reader of this request holds a permission anywhere."""
    reader = current_reader()
    return reader is not None and reader.holds(permission)


def current_scope(permission: Permission | None = None) -> WardScope:
    """Return the wards in which the reader may do what the route is for.

    The route's own permission (see `requires`) decides, unless another is named.
    """
    wanted: Permission = permission or g.required_permission
    return require_reader().scope_for(wanted)
