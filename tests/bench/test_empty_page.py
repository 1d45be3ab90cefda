"""The page against which pages are measured: our layout, and nothing in it."""

from bench.browsing import make_empty_app


def test_the_layout_of_every_page_can_be_shown_without_the_program():
    answer = make_empty_app().test_client().get("/")

    assert answer.status_code == 200
    assert 'rel="manifest"' in answer.text
