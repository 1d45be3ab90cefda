"""A table of answers that is filled while it is asked."""

from collections.abc import Callable
from typing import Generic, TypeVar

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class Remembered(dict[Question, Answer], Generic[Question, Answer]):
    """What a function returned, by its argument: `remembered[argument]` asks it once."""

    def __init__(self, ask: Callable[[Question], Answer]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, question: Question) -> Answer:
        answer = self[question] = self._ask(question)
        return answer
