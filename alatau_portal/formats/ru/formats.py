"""Russian formats where Django's do not fit: a day's month is in the genitive, hours have two digits."""

TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j E Y г., H:i"
MONTH_DAY_FORMAT = "j E"
