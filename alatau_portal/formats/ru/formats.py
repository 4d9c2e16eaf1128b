"""Russian formats where Django's own do not fit: the month of a day is in the genitive, hours have two digits."""

TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j E Y г., H:i"
MONTH_DAY_FORMAT = "j E"
