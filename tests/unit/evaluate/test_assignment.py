from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from services.evaluate.assignment import assign


@st.composite
def weights(draw: st.DrawFn) -> list[list[float]]:
    width = draw(st.integers(0, 5))
    cells = st.integers(0, 9).map(float)
    return draw(st.lists(st.lists(cells, min_size=width, max_size=width), max_size=5))


def best(table: list[list[float]]) -> float:
    """The largest sum of all assignments, tried one by one."""
    rows, columns = len(table), len(table[0]) if table else 0
    size = max(rows, columns)
    padded = [[table[r][c] if r < rows and c < columns else 0.0 for c in range(size)] for r in range(size)]
    return max((sum(padded[r][c] for r, c in enumerate(order)) for order in permutations(range(size))), default=0.0)


@given(weights())
def test_assignment_is_the_best_of_all(table: list[list[float]]) -> None:
    assert sum(table[row][column] for row, column in assign(table)) == best(table)


@given(weights())
def test_assignment_is_one_to_one_and_pairs_nothing_of_weight_0(table: list[list[float]]) -> None:
    pairs = assign(table)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert all(table[row][column] > 0 for row, column in pairs)


def test_assignment_gives_up_the_best_pair_for_a_better_whole() -> None:
    assert assign([[5.0, 4.0], [4.0, 0.0]]) == [(0, 1), (1, 0)]
