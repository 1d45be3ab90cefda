"""Work after the answer: one piece at a time, and who waits says so."""

from threading import Event

from flask import Flask

from app.access import later


def test_a_piece_that_waits_for_its_turn_says_that_it_is_there(monkeypatch):
    monkeypatch.setattr(later, "BEAT_SECONDS", 0.001)
    has_beaten, order = Event(), []

    def first():
        has_beaten.wait(5)
        order.append("first")

    with Flask(__name__).app_context():
        later.run_later(first, while_waiting=lambda: None)
        later.run_later(lambda: order.append("second"), while_waiting=has_beaten.set)
    later.wait_until_done()

    assert order == ["first", "second"]
