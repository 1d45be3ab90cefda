"""Why a whole file cannot be used; each with a code and a sentence for the person who sent it."""

from typing import ClassVar


class ExchangeError(Exception):
    """A file that cannot be read. `message` says in Vietnamese what is wrong and what to do."""

    code: ClassVar[str] = "exchange_error"
    default: ClassVar[str] = "Không đọc được tệp này. Hãy chọn tệp Excel (.xlsx) khác."

    def __init__(self, message: str | None = None) -> None:
        self.message = message or self.default
        super().__init__(self.message)


class EmptyFileError(ExchangeError):
    code = "empty_file"
    default = "Tệp này rỗng (0 byte). Hãy chọn lại tệp danh sách."


class NotAWorkbookError(ExchangeError):
    code = "not_a_workbook"
    default = (
        "Tệp này không phải là bảng tính. Hãy mở danh sách bằng Excel, chọn “Lưu thành” (Save As) "
        "dạng .xlsx rồi gửi lại."
    )


class EncryptedWorkbookError(ExchangeError):
    code = "encrypted_workbook"
    default = (
        "Tệp này đang được bảo vệ bằng mật khẩu nên không đọc được. Hãy bỏ mật khẩu trong Excel "
        "rồi gửi lại."
    )


class WorkbookTooLargeError(ExchangeError):
    code = "workbook_too_large"
    default = "Tệp này quá lớn. Hãy tách danh sách thành nhiều tệp nhỏ hơn rồi gửi từng tệp."


class DamagedWorkbookError(ExchangeError):
    code = "damaged_workbook"
    default = (
        "Tệp này bị hỏng nên không đọc được. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại."
    )


class NoRosterFoundError(ExchangeError):
    code = "no_roster_found"
    default = (
        "Không thấy danh sách nào trong tệp. Bảng cần có dòng tiêu đề với cột “Họ và tên” và ít "
        "nhất một cột khác như “Điện thoại”, “Năm sinh”. Có thể tải tệp mẫu về để điền."
    )


class NoTargetsFoundError(ExchangeError):
    code = "no_targets_found"
    default = (
        "Không thấy bảng chỉ tiêu nào trong tệp. Bảng cần có dòng tiêu đề với các cột “Địa bàn”, "
        "“Nội dung”, “Hạn”, “Chỉ tiêu”, “Áp dụng từ ngày”, “Nguồn”. Có thể tải tệp mẫu về để điền."
    )
