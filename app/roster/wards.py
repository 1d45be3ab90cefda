"""Which ward a row means: by code, or by name with or without «xã» or «phường»."""

import re
from collections import defaultdict
from collections.abc import Iterable

from app.exchange.labels import label_key
from app.exchange.remembered import Remembered
from app.queries.wards import WardCard

_KIND = re.compile(r"^(?:(?:xa|phuong|thi tran|x|p|tt|ubnd xa|ubnd phuong) )+")
_PROVINCE = re.compile(r" (?:tinh )?gia lai(?: cu| moi)?$")
_CODE_LENGTH = 5


class WardRefusedError(Exception):
    """The ward of a row cannot be used; the argument is the Vietnamese sentence."""


class WardBook:
    """The wards of the reader's scope. `chosen_id` is the one given for the whole file, if any."""

    def __init__(self, wards: Iterable[WardCard], chosen_id: int | None) -> None:
        self._by_id = {ward.id: ward for ward in wards}
        self._names = {ward.id: ward.full_name for ward in self._by_id.values()}
        self._by_code = {ward.code: ward for ward in self._by_id.values()}
        self._chosen = None if chosen_id is None else self._by_id[chosen_id]
        self._by_name: defaultdict[str, list[WardCard]] = defaultdict(list)
        self._ids = Remembered(self._find_id)
        for ward in self._by_id.values():
            self._by_name[label_key(ward.name)].append(ward)
            self._by_name[label_key(ward.full_name)].append(ward)

    def resolve(self, text: str | None) -> int:
        """Return the id of the ward of a row that says `text`; raise `WardRefusedError` for none.

        What lies outside the scope and what does not exist are the same sentence.
        """
        ward_id = self._ids[text]
        return self._resolve(text).id if ward_id is None else ward_id

    def find_id(self, text: str | None) -> int | None:
        """Return the id of the ward of a row that says `text`, None when none fits."""
        return self._ids[text]

    def _find_id(self, text: str | None) -> int | None:
        try:
            return self._resolve(text).id
        except WardRefusedError:
            return None

    def _resolve(self, text: str | None) -> WardCard:
        if text is None:
            return self._default()
        ward = self._by_code.get(text) or self._named(text)
        if self._chosen is not None and ward != self._chosen:
            message = (
                f"Dòng này ghi {ward.full_name}, khác {self._chosen.full_name} đã chọn cho cả "
                "tệp. Sửa ô Xã/phường, hoặc không chọn xã, phường khi nhập."
            )
            raise WardRefusedError(message)
        return ward

    def name_of(self, ward_id: int) -> str | None:
        """Return «xã Ia Dom» for a ward of the scope, None for any other."""
        return self._names.get(ward_id)

    def _default(self) -> WardCard:
        if self._chosen is None:
            message = "Thiếu xã/phường. Ghi tên hoặc mã xã, phường, hoặc chọn một xã cho cả tệp."
            raise WardRefusedError(message)
        return self._chosen

    def _named(self, text: str) -> WardCard:
        key = label_key(text)
        shorter = _PROVINCE.sub("", key)
        for candidate in (key, shorter, _KIND.sub("", key), _KIND.sub("", shorter)):
            found = self._by_name.get(candidate, [])
            if len(found) == 1:
                return found[0]
            if found:
                names = ", ".join(f"{ward.full_name} ({ward.code})" for ward in found)
                message = f"“{text}” có thể là {names}. Ghi mã xã, phường năm chữ số."
                raise WardRefusedError(message)
        kind = "Mã" if len(text) == _CODE_LENGTH and text.isdigit() else "Xã/phường"
        message = (
            f"{kind} “{text}” không có hoặc ngoài phạm vi của bạn. Sửa tên, hoặc ghi mã năm chữ số."
        )
        raise WardRefusedError(message)
