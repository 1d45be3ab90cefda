from io import StringIO

from app.cli import demo


class Terminal(StringIO):
    def isatty(self):
        return True


def test_a_terminal_shows_how_far_the_load_is(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(demo.sys, "stderr", terminal)

    with demo.progress_bar() as progress:
        progress(1, 135)
        halfway = terminal.getvalue()
        progress(135, 135)

    assert "Đang nạp dữ liệu mẫu" in halfway
    assert "100%" not in halfway
    assert "100%" in terminal.getvalue()


def test_where_the_output_is_kept_nothing_is_drawn(monkeypatch):
    kept = StringIO()
    monkeypatch.setattr(demo.sys, "stderr", kept)

    with demo.progress_bar() as progress:
        assert progress is None

    assert kept.getvalue() == ""
