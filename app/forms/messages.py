"""WTForms' own messages in Vietnamese."""

MESSAGES = {
    "This field is required.": "Chưa nhập mục này.",
    "Not a valid integer value.": "Nhập một số nguyên, ví dụ 15.",
    "Not a valid decimal value.": "Nhập một số, ví dụ 1,5.",
    "Not a valid float value.": "Nhập một số, ví dụ 1,5.",
    "Not a valid choice.": "Lựa chọn này không có trong danh sách. Chọn lại.",
    "Not a valid choice": "Lựa chọn này không có trong danh sách. Chọn lại.",
    "Invalid Choice: could not coerce.": "Lựa chọn này không có trong danh sách. Chọn lại.",
    "Invalid Choice: could not coerce": "Lựa chọn này không có trong danh sách. Chọn lại.",
    "Invalid choice(s): one or more data inputs could not be coerced.": (
        "Có lựa chọn không có trong danh sách. Chọn lại."
    ),
    "'%(value)s' is not a valid choice for this field.": (
        "Có lựa chọn không có trong danh sách. Chọn lại."
    ),
    "'%(value)s' are not valid choices for this field.": (
        "Có lựa chọn không có trong danh sách. Chọn lại."
    ),
    "Choices cannot be None.": "Danh sách lựa chọn đang trống.",
    "Not a valid date value.": "Ngày chưa đúng. Nhập dạng ngày/tháng/năm, ví dụ 05/03/2026.",
    "Not a valid time value.": "Giờ chưa đúng. Nhập dạng giờ:phút, ví dụ 08:30.",
    "Invalid input.": "Nội dung này chưa đúng.",
    "Invalid email address.": "Địa chỉ thư điện tử chưa đúng.",
    "Field must be at least %(min)d character long.": "Cần ít nhất %(min)d ký tự.",
    "Field must be at least %(min)d characters long.": "Cần ít nhất %(min)d ký tự.",
    "Field cannot be longer than %(max)d character.": "Dài quá %(max)d ký tự. Rút ngắn lại.",
    "Field cannot be longer than %(max)d characters.": "Dài quá %(max)d ký tự. Rút ngắn lại.",
    "Field must be exactly %(max)d character long.": "Cần đúng %(max)d ký tự.",
    "Field must be exactly %(max)d characters long.": "Cần đúng %(max)d ký tự.",
    "Field must be between %(min)d and %(max)d characters long.": (
        "Cần từ %(min)d đến %(max)d ký tự."
    ),
    "Number must be at least %(min)s.": "Số nhỏ nhất là %(min)s.",
    "Number must be at most %(max)s.": "Số lớn nhất là %(max)s.",
    "Number must be between %(min)s and %(max)s.": "Nhập số từ %(min)s đến %(max)s.",
    "Field must be equal to %(other_name)s.": "Hai ô này phải giống nhau.",
    "Invalid value, must be one of: %(values)s.": "Chọn một trong các giá trị: %(values)s.",
    "CSRF failed.": "Trang đã mở quá lâu. Bấm lưu lại một lần nữa.",
    "CSRF token missing.": "Trang đã mở quá lâu. Bấm lưu lại một lần nữa.",
}


class VietnameseMessages:
    """What WTForms asks for its messages: one table instead of a compiled catalogue."""

    def gettext(self, message: str) -> str:
        """Return the Vietnamese sentence; one that the table lacks stays recognisable."""
        return MESSAGES.get(message, message)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Vietnamese has one form for every number."""
        return self.gettext(singular if number == 1 else plural)
