"""When Python looks for garbage."""

import gc

from app.garbage import set_apart, without_collection


def test_nothing_is_searched_while_rows_are_read_and_everything_afterwards():
    with without_collection():
        assert not gc.isenabled()

    assert gc.isenabled()


def test_what_is_set_apart_stays_apart_when_more_is_read():
    set_apart()
    apart = gc.get_freeze_count()

    with without_collection():
        pass

    assert gc.get_freeze_count() == apart > 0
