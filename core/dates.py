"""A date as a source gives it: perhaps only a month, a season or a year, and the words as printed."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from core.choices import Precision

#: First month of a season, and its code in ISO 8601-2 (EDTF).
SEASONS = {"spring": (3, 21), "summer": (6, 22), "autumn": (9, 23), "winter": (12, 24)}
_CODES = dict(SEASONS.values())
#: How many months a date of this precision covers.
MONTHS = {Precision.MONTH: 1, Precision.SEASON: 3, Precision.YEAR: 12}


@dataclass(frozen=True)
class PartialDate:
    """`day` is the first day of what is known (2029 is stored as 1 January 2029, of precision year)."""

    day: date | None = None
    precision: str = Precision.UNKNOWN
    text: str = ""

    @classmethod
    def parse(cls, printed: "str | date | PartialDate | None") -> "PartialDate":
        """From “2025-09-29”, “2025-09”, “2027 autumn”, “2029”; anything else is kept as text, with no date."""
        if isinstance(printed, PartialDate):
            return printed
        if isinstance(printed, date):
            return cls(printed, Precision.DAY, printed.isoformat())
        printed = (printed or "").strip()
        if match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", printed):
            return cls(date(*map(int, match.groups())), Precision.DAY, printed)
        if match := re.fullmatch(r"(\d{4})-(\d{2})", printed):
            return cls(date(int(match[1]), int(match[2]), 1), Precision.MONTH, printed)
        if match := re.fullmatch(r"(\d{4}) (spring|summer|autumn|winter)", printed):
            return cls(date(int(match[1]), SEASONS[match[2]][0], 1), Precision.SEASON, printed)
        if re.fullmatch(r"\d{4}", printed):
            return cls(date(int(printed), 1, 1), Precision.YEAR, printed)
        return cls(None, Precision.UNKNOWN, printed)

    def __bool__(self) -> bool:
        return self.day is not None

    def iso(self) -> str | None:
        """“2025-09-29”, “2025-09”, “2027-23” (autumn, ISO 8601-2), “2029”; None where no date is known."""
        if self.day is None:
            return None
        match self.precision:
            case Precision.MONTH:
                return self.day.isoformat()[:7]
            case Precision.SEASON:
                return f"{self.day.year:04d}-{_CODES[self.day.month]}"
            case Precision.YEAR:
                return f"{self.day.year:04d}"
        return self.day.isoformat()


def last_day(due: PartialDate) -> date:
    """The last day of what is known; the end of time where nothing is."""
    first = due.day
    if first is None or due.precision == Precision.DAY:
        return first or date.max
    year, month = divmod(first.year * 12 + first.month - 1 + MONTHS[Precision(due.precision)] - 1, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])
