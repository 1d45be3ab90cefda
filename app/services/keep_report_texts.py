"""Keeps what people write into a report, so that it is finished tomorrow or by somebody else."""

from app.access.scope import WardScope
from app.errors import EditConflictError
from app.quarterly.drafts import PARAGRAPHS, ReportTexts, basis_of, is_as_written
from app.queries.report_drafts import NOTHING_KEPT, DraftOf, find_draft
from app.services.transaction import Receipt, transaction
from models import ReportDraft, db


def keep_report_texts(
    scope: WardScope,
    of: DraftOf,
    texts: ReportTexts,
    *,
    written: ReportTexts,
    seen_edition: int,
) -> Receipt:
    """Keep the texts of a report in place of the former ones.

    `written` are the paragraphs that the figures yield now: one that says the same is not kept,
    so that it goes on with the figures. Raises `EditConflictError` when the texts are no longer
    those of `seen_edition`, `OutOfScopeError`.
    """
    with transaction(scope, "report_drafted") as unit:
        present = find_draft(scope, of)
        if (present.edition if present else NOTHING_KEPT) != seen_edition:
            raise EditConflictError
        if present is None:
            draft = ReportDraft(**of._asdict())
            db.session.add(draft)
        else:
            draft = db.session.get_one(ReportDraft, present.id)
        for name in PARAGRAPHS:
            text, proposed = getattr(texts, name), getattr(written, name)
            if text is None or is_as_written(text, proposed):
                text = basis = None
            elif present is not None and is_as_written(text, getattr(present, name)):
                # Untouched since: what it was made from is still what it was made from.
                basis = getattr(present, f"{name}_basis")
            else:
                basis = basis_of(proposed)
            setattr(draft, name, text)
            setattr(draft, f"{name}_basis", basis)
        draft.difficulties, draft.next_tasks = texts.difficulties, texts.next_tasks
        unit.about(draft, ward_id=of.ward_id)
    return unit.receipt
