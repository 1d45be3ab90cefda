"""Lists as workbooks: all rows that the filter on screen finds, in the columns on screen.

Those of people tell year of birth and phone as well: a list that comes back through the import
would else name everybody anew.
"""

from collections.abc import Iterator
from typing import TypeVar

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from app.access.current import current_scope
from app.access.decorators import requires
from app.access.policy import Permission
from app.exchange.figure_workbook import Cell, write_figure
from app.formatting import format_day, format_number
from app.texts import _
from app.web.account_listing import AccountListing
from app.web.activity_listing import ActivityListing
from app.web.downloads import scope_words, workbook_response
from app.web.listing import CHOSEN, AnyListing, Listing
from app.web.mentee_listing import MenteeListing
from app.web.mentor_listing import MentorListing
from app.web.mentorship_listing import MentorshipListing
from app.web.page_frame import notify
from app.web.session_listing import SessionListing
from app.web.support_post_listing import SupportPostListing

blueprint = Blueprint("list_exports", __name__, url_prefix="/exports")

Line = TypeVar("Line")
LISTINGS: dict[str, type[AnyListing]] = {
    listing.key: listing
    for listing in (
        MentorListing,
        MenteeListing,
        SupportPostListing,
        MentorshipListing,
        SessionListing,
        ActivityListing,
        AccountListing,
    )
}
# So many are read at once: each part takes a few statements.
PART = 1_000
# A workbook of more would take minutes and more memory than a small server has.
MOST_ROWS = 150_000


@blueprint.get("/mentor.xlsx")
@requires(Permission.EXPORT_ROSTERS)
def mentors() -> ResponseReturnValue:
    """Send the mentors that the address asks for."""
    return _sent(MentorListing(current_scope(), request.args))


@blueprint.get("/nguoi-hoc.xlsx")
@requires(Permission.EXPORT_ROSTERS)
def mentees() -> ResponseReturnValue:
    """Send the mentees that the address asks for."""
    return _sent(MenteeListing(current_scope(), request.args))


@blueprint.get("/nhan-su-ho-tro.xlsx")
@requires(Permission.EXPORT_ROSTERS)
def support_posts() -> ResponseReturnValue:
    """Send the support posts that the address asks for."""
    return _sent(SupportPostListing(current_scope(), request.args))


@blueprint.get("/cap-huong-dan.xlsx")
@requires(Permission.EXPORT_ROSTERS)
def mentorships() -> ResponseReturnValue:
    """Send the mentorships that the address asks for."""
    return _sent(MentorshipListing(current_scope(), request.args))


@blueprint.get("/luot-ho-tro.xlsx")
@requires(Permission.VIEW_SESSIONS)
def sessions() -> ResponseReturnValue:
    """Send the help sessions that the address asks for."""
    return _sent(SessionListing(current_scope(), request.args))


@blueprint.get("/hoat-dong.xlsx")
@requires(Permission.VIEW_ACTIVITIES)
def activities() -> ResponseReturnValue:
    """Send the activities that the address asks for."""
    return _sent(ActivityListing(current_scope(), request.args))


@blueprint.get("/tai-khoan.xlsx")
@requires(Permission.MANAGE_ACCOUNTS)
def accounts() -> ResponseReturnValue:
    """Send the accounts that the address asks for."""
    return _sent(AccountListing(current_scope(), request.args))


def _sent(listing: Listing[Line]) -> ResponseReturnValue:
    ids = listing.ids()
    chosen = set(request.args.getlist(CHOSEN, int))
    if chosen:
        ids = [key for key in ids if key in chosen]
    if len(ids) > MOST_ROWS:
        notify(
            _(
                "Danh sách có %(count)s dòng; một tệp chứa nhiều nhất %(most)s dòng. "
                "Hãy lọc bớt, hoặc tải từng xã, phường.",
                count=format_number(len(ids)),
                most=format_number(MOST_ROWS),
            ),
            kind="error",
        )
        return redirect(f"{listing.url}?{listing.query()}", code=303)
    place, words = scope_words(listing.place, listing.wards_of_place)
    notes = [
        _("Phạm vi: %(words)s", words=words),
        _("Lọc: %(words)s", words="; ".join(_words(listing, chosen))),
        _(
            "Số liệu đến %(day)s: %(count)s dòng",
            day=format_day(listing.today),
            count=format_number(len(ids)),
        ),
    ]
    headings = [column.label for column in listing.file_columns]
    content = write_figure(
        listing.title, notes, headings, list(_rows(listing, ids)), sheet_name=_("Danh sách")
    )
    return workbook_response(content, f"{listing.key}-{place}-{listing.today.isoformat()}.xlsx")


def _words(listing: AnyListing, chosen: set[int]) -> list[str]:
    return [*listing.filter_words, *([_("những dòng được chọn")] if chosen else [])]


def _rows(listing: Listing[Line], ids: list[int]) -> Iterator[list[Cell]]:
    columns = listing.file_columns
    for start in range(0, len(ids), PART):
        for line in listing.lines(ids[start : start + PART]):
            yield [column.value(line) for column in columns]
