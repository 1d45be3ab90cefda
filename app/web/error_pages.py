"""Error pages: what happened and what to do next, without touching the database."""

from typing import NamedTuple

from flask import Flask, Response, jsonify, make_response, request
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import (
    BadRequest,
    Forbidden,
    HTTPException,
    InternalServerError,
    MethodNotAllowed,
    NotFound,
    RequestEntityTooLarge,
    TooManyRequests,
)

from app.errors import NotPermittedError, OutOfScopeError
from app.queries.demonstration import was_demonstration_site


class ErrorWords(NamedTuple):
    """What one kind of error says: a code for programs, three sentences for people."""

    code: str
    title: LazyString
    happened: LazyString
    next_step: LazyString


FORM_EXPIRED = ErrorWords(
    "form_expired",
    _("Chưa gửi được: trang đã mở quá lâu"),
    _("Bạn đã đăng xuất hoặc đăng nhập lại sau khi mở trang, nên nội dung vừa gửi chưa được lưu."),
    _(
        "Bấm nút Quay lại của trình duyệt: nội dung thường vẫn còn. "
        "Chép phần đã gõ, tải lại trang rồi gửi lại."
    ),
)
WORDS: dict[type[HTTPException], ErrorWords] = {
    CSRFError: FORM_EXPIRED,
    BadRequest: ErrorWords(
        "bad_request",
        _("Không đọc được nội dung vừa gửi"),
        _("Nội dung gửi lên bị thiếu hoặc sai dạng. Chưa có gì được lưu."),
        _("Bấm nút Quay lại của trình duyệt, xem lại các ô đã nhập rồi gửi lại."),
    ),
    Forbidden: ErrorWords(
        "not_permitted",
        _("Tài khoản của bạn không làm được việc này"),
        _("Việc này dành cho vai trò khác."),
        _("Nếu công việc của bạn cần đến, hãy nhờ quản trị của Tỉnh Đoàn cấp thêm vai trò."),
    ),
    NotFound: ErrorWords(
        "not_found",
        _("Không tìm thấy trang này"),
        _("Địa chỉ gõ chưa đúng, hoặc nội dung không thuộc xã, phường mà bạn phụ trách."),
        _("Kiểm tra lại địa chỉ, hoặc về trang chính rồi tìm từ danh sách."),
    ),
    MethodNotAllowed: ErrorWords(
        "method_not_allowed",
        _("Không mở trang này theo cách đó được"),
        _("Trang này chỉ nhận nội dung gửi từ một nút bấm, không mở trực tiếp bằng địa chỉ."),
        _("Về trang chính rồi làm lại từ nút bấm của trang."),
    ),
    RequestEntityTooLarge: ErrorWords(
        "too_large",
        _("Tệp hoặc nội dung gửi lên quá lớn"),
        _("Máy chủ không nhận tệp lớn như vậy. Chưa có gì được lưu."),
        _(
            "Xóa hình ảnh và các trang tính không cần trong tệp, "
            "hoặc chia danh sách làm nhiều tệp, rồi gửi lại."
        ),
    ),
    TooManyRequests: ErrorWords(
        "too_many_requests",
        _("Bạn thao tác nhanh quá"),
        _("Có quá nhiều lần gửi liên tiếp từ máy này nên hệ thống tạm dừng nhận."),
        _("Chờ một phút rồi thử lại."),
    ),
    InternalServerError: ErrorWords(
        "server_error",
        _("Hệ thống đang gặp lỗi"),
        _("Lỗi này không phải do bạn. Việc vừa làm có thể chưa được lưu."),
        _("Chờ vài phút rồi thử lại. Nếu vẫn lỗi, hãy báo quản trị: lúc mấy giờ, đang làm gì."),
    ),
}


def register_error_pages(flask_app: Flask) -> None:
    """Give every error of `WORDS` its page, and the refusals of the domain theirs.

    The page is rendered straight from the template: context processors, which read the
    database, are left out.
    """
    environment = flask_app.jinja_env

    def answer(error: HTTPException) -> Response:
        words = _words_of(error)
        if _prefers_json():
            response = jsonify(error=words.code, message=f"{words.happened} {words.next_step}")
        else:
            template = environment.get_template("errors/error.html")
            response = make_response(
                template.render(words=words, is_demonstration=was_demonstration_site(), notices=[])
            )
        response.status_code = error.code or InternalServerError.code
        response.headers.extend(_own_headers(error))
        return response

    def answer_out_of_scope(_error: OutOfScopeError) -> Response:
        return answer(NotFound())

    def answer_not_permitted(_error: NotPermittedError) -> Response:
        return answer(Forbidden())

    for kind in WORDS:
        flask_app.register_error_handler(kind, answer)
    flask_app.register_error_handler(OutOfScopeError, answer_out_of_scope)
    flask_app.register_error_handler(NotPermittedError, answer_not_permitted)


def _words_of(error: HTTPException) -> ErrorWords:
    kinds = (kind for kind in type(error).__mro__ if kind in WORDS)
    return WORDS[next(kinds, InternalServerError)]


def _prefers_json() -> bool:
    offered = ["text/html", "application/json"]
    return request.accept_mimetypes.best_match(offered) == "application/json"


def _own_headers(error: HTTPException) -> list[tuple[str, str]]:
    """Return what the error itself has to say in headers, such as Allow or Retry-After."""
    return [(name, value) for name, value in error.get_headers() if name != "Content-Type"]
