"""Where things stand on a page as a person reads it: points from the top left, text running to the right."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]
# Quarter turns, clockwise, that bring text upright which runs to the right, up, to the left, down.
UPRIGHT, UPWARDS, OVER, DOWNWARDS = 0, 90, 180, 270


@dataclass(frozen=True)
class Space:
    """A page of the file: its visible box (left, bottom, right, top) and the turn its text needs.

    Coordinates of the file run from the bottom left; how a page says it is to be shown does not matter, the
    text itself tells which way it is read.
    """

    page: Box
    turn: int = UPRIGHT

    @property
    def height(self) -> float:
        """Height of the page as it is read."""
        left, bottom, right, top = self.page
        return right - left if self.turn in (UPWARDS, DOWNWARDS) else top - bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the file as (x, y from the top) of the page as it is read."""
        left, bottom, right, top = self.page
        if self.turn == UPWARDS:
            return y - bottom, x - left
        if self.turn == OVER:
            return right - x, y - bottom
        if self.turn == DOWNWARDS:
            return top - y, right - x
        return x - left, top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the file as (x0, top, x1, bottom)."""
        xs, ys = zip(self.point(left, bottom), self.point(right, top), strict=True)
        return min(xs), min(ys), max(xs), max(ys)
