"""Which column of a list is which: headings as people write them, with or without accents."""

import re
from enum import StrEnum, auto
from functools import lru_cache

from app.exchange.labels import label_key


class Column(StrEnum):
    """What a column holds. The first group is dropped on purpose, the second helps to read."""

    IDENTITY = auto()
    ETHNICITY = auto()

    SEQUENCE = auto()
    FAMILY_NAME = auto()
    GIVEN_NAME = auto()
    MALE = auto()
    FEMALE = auto()
    WARD_CODE = auto()
    CONSENT_DATE = auto()
    GROUP_MARK = auto()
    LANGUAGE_MARK = auto()
    ROLE_MARK = auto()

    FULL_NAME = auto()
    BIRTH = auto()
    GENDER = auto()
    PHONE = auto()
    WARD = auto()
    HAMLET = auto()
    ROLE = auto()
    MENTOR = auto()
    MENTOR_PHONE = auto()
    GROUPS = auto()
    LANGUAGES = auto()
    STARTED = auto()
    ENDED = auto()
    REASON = auto()
    CAPACITY = auto()
    CONSENT = auto()
    NOTE = auto()


_HEADING_AT_MOST = 120
_MENTOR = r"(?:mentor|nguoi huong dan|huong dan vien|dai su so|nguoi kem(?: cap)?|nguoi phu trach)"
_PHONE = r"(?:sdt|so dt|so dien thoai|so di dong|dien thoai|di dong|zalo|phone|mobile|tel)"
_PLACE = r"(?:(?:ten|dia ban|dia chi|noi o|noi cu tru|noi sinh song|thuoc) )*"
_HAMLET = r"(?:thon|lang|buon|plei|to dan pho|to|tdp|khu pho|khu vuc|khoi|xom|ap|hamlet|village)"
_WARD = r"(?:xa|phuong|dac khu|ward|commune|dvhc|don vi hanh chinh)"

# Tried in this order against the folded heading; the first that fits decides.
_RULES: dict[Column, str] = {
    Column.IDENTITY: r".*\b(?:cccd|cmnd|cmt|can cuoc|chung minh|(?:so|ma) dinh danh|ho chieu"
    r"|passport|identity|id card|id number)\b.*",
    Column.ETHNICITY: r"(?:thanh phan )?dan toc|ethnicity|ethnic group",
    Column.SEQUENCE: r"stt|s t t|tt|so tt|so thu tu|no",
    Column.MENTOR_PHONE: rf"{_PHONE}(?: \w+)*? (?:cua )?{_MENTOR}\b.*|mentor phone.*",
    Column.MENTOR: rf"(?:(?:ho )?(?:va )?ten )?{_MENTOR}(?: phu trach| huong dan| kem(?: cap)?)?"
    r"|mentor name|(?:nguoi )?phu trach",
    Column.FAMILY_NAME: r"ho|ho lot|ho va (?:ten )?(?:dem|chu lot|lot)|ho (?:ten )?dem"
    r"|last name|surname|family name",
    Column.GIVEN_NAME: r"ten|first name|given name",
    Column.FULL_NAME: r"(?:ho (?:va )?ten|ten day du)(?: (?:nguoi|hoc vien|mentee|nhan su|can bo"
    r"|doan vien|dai su|khai sinh|thanh vien)\b.*)?|full name|name",
    Column.BIRTH: r"(?:ngay |thang |nam )+sinh.*|ns|n sinh|sinh (?:nam|ngay)|dob"
    r"|birth ?(?:year|date|day)?|(?:year|date) of birth",
    Column.GENDER: r"gioi tinh.*|gioi|gt|phai|gender|sex|nam nu",
    Column.FEMALE: r"nu|female",
    Column.PHONE: rf"dt|dtdd|so dtdd|{_PHONE}\b.*",
    Column.WARD_CODE: r"ma (?:so )?(?:dvhc|xa|phuong|xa phuong|don vi(?: hanh chinh)?)|ward code",
    Column.CONSENT_DATE: r"ngay (?:ky )?(?:phieu )?dong y|consent date|date of consent",
    Column.CONSENT: r"(?:su |phieu |ban )?dong y\b.*|consent.*",
    Column.CAPACITY: r"suc nhan.*|capacity|(?:so )?(?:luong )?(?:nguoi )?(?:hoc )?(?:nhan )?toi da"
    r"|so (?:luong )?nguoi (?:hoc )?(?:co the )?(?:nhan|kem)\b.*",
    Column.ROLE: r"vai tro.*|nhiem vu.*|role|tu cach(?: tham gia)?",
    Column.GROUPS: r"(?:nhom )?doi tuong.*|(?:thuoc )?nhom|(?:thuoc )?dien|(?:target )?groups?",
    Column.LANGUAGES: r"ngon ngu.*|(?:noi |biet )?tieng(?: dan toc| noi| noi duoc)?|languages?",
    Column.STARTED: r"(?:ngay )?(?:bat dau|tham gia|dang ky|vao)|tu ngay"
    r"|start(?:ed)?(?: on| date)?",
    Column.ENDED: r"(?:ngay )?(?:ket thuc|thoi|nghi)|(?:den|thoi tu) ngay"
    r"|end(?:ed)?(?: on| date)?",
    Column.REASON: r"ly do.*|reason",
    Column.NOTE: r"ghi chu.*|notes?|remarks?",
    Column.HAMLET: rf"{_PLACE}{_HAMLET}(?: (?:hoac )?{_HAMLET})*(?: noi o| cu tru)?",
    Column.WARD: rf"{_PLACE}{_WARD}(?: (?:hoac )?(?:{_WARD}|thi tran))*(?: noi o| cu tru| moi)?"
    r"|don vi",
}
_COMPILED = tuple((column, re.compile(rule)) for column, rule in _RULES.items())


@lru_cache(maxsize=4096)
def recognise(heading: str) -> Column | None:
    """Return what a column with this heading holds, or None."""
    if len(heading) > _HEADING_AT_MOST:
        return None
    if heading.casefold() in {"nam", "male"}:  # "Năm", too, is "nam" when folded
        return Column.MALE
    for text in (heading, re.sub(r"\(.*?\)|\*", " ", heading)):
        key = label_key(text)
        for column, pattern in _COMPILED:
            if key and pattern.fullmatch(key):
                return column
    return None
