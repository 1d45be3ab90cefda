"""Checks what is recorded: file, references, overlaps, what is derived, the chain of the log."""

from app.access.scope import WardScope
from app.frozen import is_whole
from app.queries.integrity import (
    count_orphans,
    count_overlaps,
    has_wrong_names,
    iterate_changes,
    list_file_problems,
    list_tally_differences,
    missing_guards,
)
from app.queries.reporting_periods import iterate_frozen
from app.services.change_digests import chain_digest


def check_site(scope: WardScope) -> list[str]:
    """Return a sentence for each thing that is wrong; none when all is well. Writes nothing."""
    problems = [f"Tệp dữ liệu hỏng: {line}" for line in list_file_problems(scope)]
    problems += [
        f"Bảng {table}: {count} dòng trỏ tới dòng không còn."
        for table, count in count_orphans(scope).items()
    ]
    problems += [
        f"Bảng {table}: {count} cặp dòng có khoảng ngày chồng lên nhau."
        for table, count in count_overlaps(scope).items()
    ]
    problems += [f"Thiếu ràng buộc {name}." for name in missing_guards(scope)]
    problems += [
        f"Bảng {tally.table}: {tally.rows} dòng khác với kết quả đếm lại, "
        f"dòng đầu tiên: {', '.join(map(str, tally.first))}."
        for tally in list_tally_differences(scope)
    ]
    if has_wrong_names(scope):
        problems.append("Chỉ mục tìm tên không khớp với tên đã ghi.")
    problems += [
        f"Số liệu đã khóa của kỳ {code}, lần khóa {edition}, không khớp mã kiểm tra: đã bị sửa."
        for code, edition, frozen in iterate_frozen(scope)
        if not is_whole(frozen)
    ]
    broken = first_broken_link(scope)
    if broken is not None:
        problems.append(
            f"Nhật ký không còn nguyên vẹn từ dòng số {broken}: có dòng bị sửa hoặc mất."
        )
    return problems


def first_broken_link(scope: WardScope) -> int | None:
    """Return the id of the first row of the log whose digest does not follow from the one before.

    A row that was altered shows itself; one that was taken away shows in the row after it.
    """
    digest = ""
    for row in iterate_changes(scope):
        digest = chain_digest(digest, dict(row))
        if digest != row["digest"]:
            return int(row["id"])
    return None
