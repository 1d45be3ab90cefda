from threading import Event, Thread

import pytest

from app.turns import Turns

LONG = 30


def wait_until(is_true):
    """Look again and again, without a pause: what is waited for takes microseconds."""
    while not is_true():
        pass


def test_those_who_wait_are_served_in_the_order_in_which_they_came():
    turns, served, threads = Turns(), [], []

    def come(name):
        with turns.take(patience=LONG):
            served.append(name)

    with turns.take(patience=LONG):
        for place in range(5):
            threads.append(Thread(target=come, args=(place,)))
            threads[-1].start()
            wait_until(lambda: turns.waiting == len(threads))
    for thread in threads:
        thread.join(LONG)

    assert served == [0, 1, 2, 3, 4]
    assert turns.waiting == 0


def test_nobody_else_has_a_turn_before_the_block_is_left():
    turns, entered = Turns(), Event()

    def come():
        with turns.take(patience=LONG):
            entered.set()

    thread = Thread(target=come)
    with turns.take(patience=LONG):
        thread.start()
        wait_until(lambda: turns.waiting == 1)
        was_entered = entered.is_set()
    thread.join(LONG)

    assert not was_entered
    assert entered.is_set()


def test_a_turn_is_passed_on_after_an_error():
    turns = Turns()

    with pytest.raises(ZeroDivisionError), turns.take(patience=LONG):
        1 / 0  # noqa: B018

    with turns.take(patience=0):
        assert turns.waiting == 0


def test_who_has_waited_for_too_long_goes_on_without_a_turn():
    turns = Turns()

    with turns.take(patience=0), turns.take(patience=0):
        assert turns.waiting == 0

    with turns.take(patience=0):
        assert turns.waiting == 0
