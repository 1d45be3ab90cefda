"""Views of lists that somebody keeps: made from what the list shows, renamed, forgotten."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.current import current_scope, may
from app.access.decorators import requires
from app.access.policy import Permission
from app.forms.saved_view import ViewForm
from app.queries.saved_views import ViewRow, get_view, list_views
from app.services.keep_view import forget_view, keep_view, rename_view
from app.web.list_exports import LISTINGS
from app.web.listing import WORDS, AnyListing
from app.web.page_frame import notify
from app.web.submission import submit

blueprint = Blueprint("saved_views", __name__, url_prefix="/cach-xem")


@blueprint.get("/<string:list_key>")
@requires(Permission.USE_OWN_ACCOUNT)
def index(list_key: str) -> ResponseReturnValue:
    """Show the reader's views of a list, and the form that keeps the one in the address."""
    return _page(_listing(list_key), ViewForm())


@blueprint.post("/<string:list_key>")
@requires(Permission.USE_OWN_ACCOUNT)
def save(list_key: str) -> ResponseReturnValue:
    """Keep what the address shows under a name."""
    listing, form = _listing(list_key), ViewForm()
    if form.validate():
        receipt = submit(
            form,
            lambda: keep_view(
                current_scope(),
                list_key,
                form.name.data or "",
                listing.query(without=(WORDS,)),
                request_key=form.request_key,
            ),
        )
        if receipt is not None:
            notify(f"Đã lưu cách xem «{form.name.data}».", undo_batch_id=receipt.batch_id)
            return redirect(_shown(listing), code=303)
    return _page(listing, form), 422


@blueprint.get("/<string:list_key>/<int:view_id>/doi-ten")
@requires(Permission.USE_OWN_ACCOUNT)
def edit(list_key: str, view_id: int) -> ResponseReturnValue:
    """Ask for another name of a view."""
    view = get_view(current_scope(), view_id)
    return _name_page(_listing(list_key), view, ViewForm(formdata=None, name=view.name))


@blueprint.post("/<string:list_key>/<int:view_id>/doi-ten")
@requires(Permission.USE_OWN_ACCOUNT)
def rename(list_key: str, view_id: int) -> ResponseReturnValue:
    """Give a view another name."""
    listing, view, form = _listing(list_key), get_view(current_scope(), view_id), ViewForm()
    if form.validate():
        receipt = submit(
            form,
            lambda: rename_view(
                current_scope(), view_id, form.name.data or "", request_key=form.request_key
            ),
        )
        if receipt is not None:
            notify(f"Đã đổi tên thành «{form.name.data}».", undo_batch_id=receipt.batch_id)
            return redirect(url_for("saved_views.index", list_key=list_key), code=303)
    return _name_page(listing, view, form), 422


@blueprint.post("/<string:list_key>/<int:view_id>/bo")
@requires(Permission.USE_OWN_ACCOUNT)
def forget(list_key: str, view_id: int) -> ResponseReturnValue:
    """Forget a view."""
    _listing(list_key)
    receipt = forget_view(current_scope(), view_id)
    notify("Đã bỏ cách xem.", undo_batch_id=receipt.batch_id)
    return redirect(url_for("saved_views.index", list_key=list_key), code=303)


def _listing(list_key: str) -> AnyListing:
    listing = LISTINGS.get(list_key)
    if listing is None or not may(listing.permission):
        abort(404)
    return listing(current_scope(listing.permission), request.args)


def _shown(listing: AnyListing) -> str:
    query = listing.query(without=(WORDS,))
    return f"{listing.url}?{query}" if query else listing.url


def _name_page(listing: AnyListing, view: ViewRow, form: ViewForm) -> str:
    return render_template("saved_views/edit.html", listing=listing, view=view, form=form)


def _page(listing: AnyListing, form: ViewForm) -> str:
    query = listing.query(without=(WORDS,))
    action = url_for("saved_views.save", list_key=listing.key)
    return render_template(
        "saved_views/index.html",
        listing=listing,
        form=form,
        action=f"{action}?{query}" if query else action,
        views=list_views(current_scope(), listing.key),
    )
