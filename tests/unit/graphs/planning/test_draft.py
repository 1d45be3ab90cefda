"""What becomes of mentors by the moves of a plan that somebody keeps, worked out by hand."""

from graphs.planning.draft import Draft, DraftMentor, DraftMove, outcomes

WARD = "21553"


def move(mentee: int, from_mentor: int | None, to_mentor: int, *, is_dropped=False) -> DraftMove:
    takes = from_mentor is not None
    return DraftMove(
        mentee, WARD, from_mentor, to_mentor, to_mentor, 0.0, "more_meet_floor", True, takes,
        is_dropped,
    )  # fmt: skip


def test_who_gives_one_away_and_gets_one_stays_as_many_and_is_said_to_give():
    full, short = DraftMentor(1, WARD, 5, 5, 5), DraftMentor(2, WARD, 4, 4, 10)
    draft = Draft({1: full, 2: short}, (move(10, 1, 2), move(11, None, 1)))

    becoming = outcomes(draft)

    assert becoming[1][1:] == (5, 5, 1)
    assert becoming[2][1:] == (5, 5, 0)


def test_a_dropped_move_gives_nobody_away():
    mentors = {1: DraftMentor(1, WARD, 6, 6, 10), 2: DraftMentor(2, WARD, 4, 4, 10)}

    becoming = outcomes(Draft(mentors, (move(10, 1, 2, is_dropped=True),)))

    assert becoming[1][1:] == (6, 6, 0)
