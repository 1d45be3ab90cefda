"""Is everything that was recorded still whole?"""

import click
from flask.cli import with_appcontext

from app.access.scope import WardScope
from app.cli.outcome import RefusedError, one_sentence_for_failures
from app.services.check_site import check_site


@click.command("check")
@with_appcontext
@one_sentence_for_failures()
def command() -> None:
    """Kiểm tra tệp dữ liệu, ràng buộc, kỳ đã khóa và chuỗi nhật ký; mã kết thúc 1 khi có sai."""
    problems = check_site(WardScope.everywhere())
    if problems:
        raise RefusedError("\n".join(problems))
    click.echo("Dữ liệu nguyên vẹn: tệp, tham chiếu, khoảng ngày và chuỗi nhật ký đều đúng.")
