"""Which wards a reader may see or change: the one object that every query starts from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, bindparam, true
from sqlalchemy.orm import InstrumentedAttribute

from app.errors import OutOfScopeError

BOUND_WARDS = "wards_of_scope"


@dataclass(frozen=True, slots=True)
class WardScope:
    """A set of ward ids, or every ward where `ward_ids` is None; and who is asking.

    `account_id` is None for commands, which have no account.
    """

    account_id: int | None
    ward_ids: frozenset[int] | None

    @classmethod
    def everywhere(cls, account_id: int | None = None) -> "WardScope":
        """Make the scope of the province and of commands."""
        return cls(account_id, None)

    @classmethod
    def of(cls, ward_ids: Iterable[int], account_id: int | None = None) -> "WardScope":
        """Make the scope of the given wards."""
        return cls(account_id, frozenset(ward_ids))

    @property
    def is_everywhere(self) -> bool:
        return self.ward_ids is None

    @property
    def only_ward_id(self) -> int | None:
        """The ward, where the scope is one ward; a form then need not ask which."""
        if self.ward_ids is None or len(self.ward_ids) != 1:
            return None
        return next(iter(self.ward_ids))

    def limit(
        self,
        column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None] | ColumnElement[Any],
    ) -> ColumnElement[bool]:
        """Return the condition that keeps a ward-id column inside the scope."""
        if self.ward_ids is None:
            return true()
        return column.in_(sorted(self.ward_ids))

    @staticmethod
    def limit_bound(
        column: InstrumentedAttribute[int] | ColumnElement[Any],
    ) -> ColumnElement[bool]:
        """Return the same of a statement that is made once for all scopes of wards.

        It runs with the scope's `bound` values, and cannot run for every ward.
        """
        return column.in_(bindparam(BOUND_WARDS, expanding=True, type_=Integer()))

    @property
    def bound(self) -> dict[str, list[int]]:
        """The values of `limit_bound`; raises `ValueError` where every ward is inside."""
        if self.ward_ids is None:
            raise ValueError(self)
        return {BOUND_WARDS: sorted(self.ward_ids)}

    def includes(self, ward_id: int | None) -> bool:
        """Say whether a ward is inside the scope; no ward at all is the whole province's."""
        return self.ward_ids is None or ward_id in self.ward_ids

    def require(self, ward_id: int | None) -> None:
        """Raise `OutOfScopeError` unless the ward is inside the scope."""
        if not self.includes(ward_id):
            raise OutOfScopeError(ward_id)

    def narrowed_to(self, ward_id: int) -> "WardScope":
        """Return the scope of one of its wards; raise `OutOfScopeError` for another."""
        self.require(ward_id)
        return WardScope.of([ward_id], self.account_id)
