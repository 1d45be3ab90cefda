"""What the next class should be about, on figures made by hand."""

from app.desk.class_topics import choose_topics
from app.queries.desk_demand import ProcedureDemand


def demand(number, *, together=0, on_behalf=0, alone=0, before=0):
    sessions = together + on_behalf + alone
    return ProcedureDemand(number, f"Thủ tục {number}", sessions, together, on_behalf, before)


def chosen(*rows, **limits):
    return [row.procedure_id for row in choose_topics(rows, **limits)]


def test_the_procedure_with_most_sessions_with_help_comes_first():
    assert chosen(
        demand(1, alone=100, together=5), demand(2, on_behalf=24, alone=7), demand(3, together=9)
    ) == [2, 3, 1]


def test_what_people_do_alone_is_not_taught():
    assert chosen(demand(1, alone=100), demand(2, on_behalf=4)) == []


def test_of_as_many_the_one_that_grew_comes_first_and_then_the_order_of_the_list():
    rows = demand(1, together=6, before=9), demand(2, together=6, before=1), demand(3, together=6)

    assert chosen(*rows) == [3, 2, 1]
    assert chosen(demand(5, together=6), demand(4, together=6)) == [5, 4]


def test_no_more_than_three_are_named():
    assert chosen(*(demand(number, together=9) for number in range(5))) == [0, 1, 2]
    assert chosen(demand(1, together=2), demand(2, together=1), least=1, most=1) == [1]
