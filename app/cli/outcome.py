"""How commands end and speak: 0 done, 1 refused, 2 wrong usage; progress on a terminal only."""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click
from sqlalchemy.exc import DatabaseError, OperationalError

FULL_DISK = "Ổ đĩa chứa dữ liệu đã đầy. Dọn bớt rồi chạy lại; dữ liệu đã lưu vẫn còn nguyên."
NOT_PREPARED = (
    "Cơ sở dữ liệu chưa được chuẩn bị. Chạy trước: flask --app wsgi site prepare --no-demo"
)
# What a database says when it cannot go on, and the sentence for it.
DATABASE_FAILURES = (
    ("disk is full", FULL_DISK),
    ("No space left", FULL_DISK),
    (
        "database is locked",
        "Tệp dữ liệu đang bị một chương trình khác giữ. Đóng chương trình đó rồi chạy lại.",
    ),
    (
        "unable to open database file",
        "Không mở được tệp dữ liệu. Kiểm tra INSTANCE_PATH và quyền ghi vào thư mục đó.",
    ),
    ("readonly database", "Không có quyền ghi vào tệp dữ liệu. Kiểm tra quyền của thư mục đó."),
    ("not a database", "Tệp dữ liệu bị hỏng hoặc không phải của chương trình này."),
    ("malformed", "Tệp dữ liệu bị hỏng. Khôi phục bản sao lưu gần nhất."),
    (
        "connection",
        "Không kết nối được máy chủ cơ sở dữ liệu. Kiểm tra DATABASE_URL và máy chủ đó.",
    ),
    ("no such table", NOT_PREPARED),
    ("does not exist", NOT_PREPARED),
)


class RefusedError(click.ClickException):
    """The command cannot be carried out; the message is the one sentence that says why."""

    exit_code = 1

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence alone on standard error."""
        click.echo(self.format_message(), file=file, err=file is None)


def say_progress(sentence: str) -> None:
    """Say on a terminal what is being done; stay silent where the output is kept."""
    if sys.stderr.isatty():
        click.echo(sentence, err=True)


@contextmanager
def one_sentence_for_failures() -> Iterator[None]:
    """Turn a full disk, a locked or missing database into one sentence and exit status 1."""
    try:
        yield
    except DatabaseError as error:
        for sign, sentence in DATABASE_FAILURES:
            if sign in str(error.orig):
                raise RefusedError(sentence) from error
        if isinstance(error, OperationalError):
            raise RefusedError(f"Cơ sở dữ liệu báo lỗi: {error.orig}") from error
        raise
    except OSError as error:
        sentence = FULL_DISK if error.errno == errno.ENOSPC else f"Không làm được: {error}"
        raise RefusedError(sentence) from error
