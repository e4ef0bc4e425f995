"""Which of some things belongs to which of others, one to one, so that all of it together fits best.

The Hungarian method with potentials; exact, in time of the cube of the number of things.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf

Pair = tuple[int, int]


def assign(weights: Sequence[Sequence[float]]) -> list[Pair]:
    """Pairs of row and column with the largest sum of weights, in order of rows.

    All rows have the same length, and no weight is below 0. A weight of 0 says that the two cannot be a pair.
    """
    if not weights or not weights[0]:
        return []
    if len(weights) > len(weights[0]):
        return sorted((row, column) for column, row in assign(list(zip(*weights, strict=True))))
    columns = _columns_of_rows([[-weight for weight in row] for row in weights])
    return [(row, column) for row, column in enumerate(columns) if weights[row][column] > 0]


def _columns_of_rows(costs: Sequence[Sequence[float]]) -> list[int]:
    """The column of each row at the least cost; there are at least as many columns as rows.

    Rows and columns count from 1 here: 0 stands for what has no partner yet.
    """
    width = len(costs[0])
    row_potential = [0.0] * (len(costs) + 1)
    column_potential = [0.0] * (width + 1)
    row_of = [0] * (width + 1)
    for row in range(1, len(costs) + 1):
        row_of[0] = row
        path = _cheapest_path(costs, row_potential, column_potential, row_of)
        for column, before in pairwise(path):
            row_of[column] = row_of[before]
    columns = [0] * len(costs)
    for column in range(1, width + 1):
        if row_of[column]:
            columns[row_of[column] - 1] = column - 1
    return columns


def _cheapest_path(
    costs: Sequence[Sequence[float]], row_potential: list[float], column_potential: list[float], row_of: list[int]
) -> list[int]:
    """Columns from a free one back to column 0, along which partners move by one; adjusts the potentials."""
    width = len(column_potential)
    least = [inf] * width
    before = [0] * width
    visited = [False] * width
    column = 0
    while row_of[column]:
        visited[column] = True
        row, step, following = row_of[column], inf, 0
        for other in range(1, width):
            if visited[other]:
                continue
            reduced = costs[row - 1][other - 1] - row_potential[row] - column_potential[other]
            if reduced < least[other]:
                least[other], before[other] = reduced, column
            if least[other] < step:
                step, following = least[other], other
        for other in range(width):
            if visited[other]:
                row_potential[row_of[other]] += step
                column_potential[other] -= step
            else:
                least[other] -= step
        column = following
    path = [column]
    while column:
        column = before[column]
        path.append(column)
    return path
