"""Values by key where nearly each key has one: no list is kept for those."""

from collections.abc import Iterator
from typing import Generic, TypeVar

from graphs.paged import Paged

_ValueT = TypeVar("_ValueT")


class Multimap(Generic[_ValueT]):
    """Values by a number, in the order in which they came; as long as there are different keys."""

    __slots__ = ("_first", "_more")

    def __init__(self) -> None:
        self._first: Paged[_ValueT] = Paged()
        self._more: dict[int, list[_ValueT]] = {}

    def __len__(self) -> int:
        return len(self._first)

    def __iter__(self) -> Iterator[int]:
        return iter(self._first)

    @property
    def count(self) -> int:
        """How many values there are."""
        return len(self._first) + sum(map(len, self._more.values()))

    def of(self, key: int) -> tuple[_ValueT, ...]:
        """Return the values of a key, none where it has none."""
        first = self._first.get(key)
        return () if first is None else (first, *self._more.get(key, ()))

    def values(self) -> Iterator[_ValueT]:
        """Yield all values; those of one key are not together."""
        yield from self._first.values()
        for values in self._more.values():
            yield from values

    def add(self, key: int, value: _ValueT) -> None:
        """Add a value."""
        if key in self._first:
            self._more.setdefault(key, []).append(value)
        else:
            self._first[key] = value

    def remove(self, key: int, value: _ValueT) -> None:
        """Remove a value that was added before, once."""
        values = list(self.of(key))
        values.remove(value)
        self._more.pop(key, None)
        self._first.pop(key)
        for left in values:
            self.add(key, left)
