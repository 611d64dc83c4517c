"""Money as whole micro-units of one currency, never a float."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

_MICRO = 1_000_000
_MOST = 10**15


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An exact amount: integer micro-units of a currency."""

    micros: int = 0
    """Millionths of the currency unit."""
    currency: str = "USD"
    """ISO 4217 code."""

    @classmethod
    def parse(cls, text: str, currency: str = "USD") -> Money:
        """Read a decimal amount such as `"4.20"`.

        Raises:
            ValueError: the text is no decimal, or is finer than a millionth.
        """
        try:
            micros = Decimal(text.strip()) * _MICRO
        except ArithmeticError as error:
            message = f"{text!r} is not an amount of money"
            raise ValueError(message) from error
        if not micros.is_finite() or abs(micros) > _MOST or micros != micros.to_integral_value():
            message = f"{text!r} is not an amount of money, exact to a millionth"
            raise ValueError(message)
        return cls(int(micros), currency)

    def __add__(self, other: Money) -> Money:
        """Return the sum of two amounts of one currency."""
        return Money(self.micros + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        """Return the difference of two amounts of one currency."""
        return Money(self.micros - self._same(other), self.currency)

    def __mul__(self, count: int) -> Money:
        """Return the amount taken `count` times."""
        return Money(self.micros * count, self.currency)

    def __str__(self) -> str:
        """Return the amount with at least two decimals, trailing zeros beyond them dropped."""
        text = f"{Decimal(self.micros) / _MICRO:.6f}"
        head, _, tail = text.partition(".")
        return f"{head}.{tail[:2]}{tail[2:].rstrip('0')}"

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            message = f"cannot mix {self.currency} and {other.currency}"
            raise ValueError(message)
        return other.micros
