"""Which wards a reader may see or change: the one object that every query starts from."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, bindparam, true
from sqlalchemy.orm import InstrumentedAttribute

from app.errors import OutOfScopeError

# What statements about one scope call its values.
ONLY_SCOPE = "scope"


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

    def is_reader(
        self, column: InstrumentedAttribute[int | None] | ColumnElement[Any]
    ) -> ColumnElement[bool]:
        """Return the condition that a column names the account that is asking."""
        return column == self.account_id

    def as_parameter(self, name: str = ONLY_SCOPE) -> "WardScope":
        """Return what stands for this scope in a statement that is made once for all readers.

        It runs with the values of `parameters`. A statement about two scopes names them apart.
        """
        return _parameter(name, is_everywhere=self.is_everywhere)

    def parameters(self, name: str = ONLY_SCOPE) -> dict[str, Any]:
        """Return the values with which a statement about `as_parameter` is about this scope."""
        wards = {} if self.ward_ids is None else {f"{name}_wards": sorted(self.ward_ids)}
        return {f"{name}_account": self.account_id, **wards}

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


class _ScopeParameter(WardScope):
    """Any scope of wards, or any of every ward, until a statement runs; equal to itself alone.

    Which wards and which account is not known: the wards are none, asking for the account fails.
    """

    __slots__ = ("_name",)
    _name: str

    def __init__(self, name: str, *, is_everywhere: bool) -> None:
        object.__setattr__(self, "_name", name)
        object.__setattr__(self, "ward_ids", None if is_everywhere else frozenset())

    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def limit(
        self,
        column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None] | ColumnElement[Any],
    ) -> ColumnElement[bool]:
        if self.is_everywhere:
            return true()
        return column.in_(bindparam(f"{self._name}_wards", expanding=True, type_=Integer()))

    def is_reader(
        self, column: InstrumentedAttribute[int | None] | ColumnElement[Any]
    ) -> ColumnElement[bool]:
        return column == bindparam(f"{self._name}_account", type_=Integer())


@cache
def _parameter(name: str, *, is_everywhere: bool) -> _ScopeParameter:
    return _ScopeParameter(name, is_everywhere=is_everywhere)
