"""What every route must carry: the permission it needs, or the statement that it is public."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.access.current import current_reader
from app.access.policy import Permission
from app.errors import NotPermittedError
from app.extensions import login_manager

Arguments = ParamSpec("Arguments")
View = Callable[Arguments, ResponseReturnValue]


def requires(permission: Permission) -> Callable[[View[Arguments]], View[Arguments]]:
    """Let a view run only for readers who hold the permission in some ward.

    Nobody signed in: to the sign-in page (401 for JSON). A password that must be changed comes
    first. Which wards the view may then touch is `current_scope()`.
    """

    def decorate(view: View[Arguments]) -> View[Arguments]:
        @wraps(view)
        def guarded(*args: Arguments.args, **kwargs: Arguments.kwargs) -> ResponseReturnValue:
            reader = current_reader()
            if reader is None:
                return login_manager.unauthorized()  # type: ignore[no-any-return]
            if reader.must_change_password and request.endpoint not in PASSWORD_ENDPOINTS:
                return redirect(url_for("own_account.edit_password"))
            if not reader.holds(permission):
                raise NotPermittedError(permission)
            g.required_permission = permission
            return view(*args, **kwargs)

        guarded.required_permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def public(view: View[Arguments]) -> View[Arguments]:
    """Mark a view that anybody may call."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


PASSWORD_ENDPOINTS = frozenset(
    {"own_account.edit_password", "own_account.save_password", "sign_in.sign_out"}
)
