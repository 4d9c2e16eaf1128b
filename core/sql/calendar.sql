-- Working days. The table holds what differs from Monday to Friday; twin of core/calendar.py.

CREATE FUNCTION core_is_working_day(d date) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT c.kind <> 'off' FROM core_calendarday c WHERE c.date = d), extract(isodow FROM d) < 6)
$$;

-- The n-th working day after d (before it for a negative n). For 0: d itself, or the next working day.
CREATE FUNCTION core_add_working_days(d date, n integer) RETURNS date LANGUAGE plpgsql STABLE AS $$
DECLARE step integer := CASE WHEN n < 0 THEN -1 ELSE 1 END; todo integer := abs(n);
BEGIN
  IF n = 0 THEN
    WHILE NOT core_is_working_day(d) LOOP d := d + 1; END LOOP;
    RETURN d;
  END IF;
  WHILE todo > 0 LOOP
    d := d + step;
    IF core_is_working_day(d) THEN todo := todo - 1; END IF;
  END LOOP;
  RETURN d;
END $$;

-- How many working days lie after `since` up to and on `until`; negative when `until` is earlier.
CREATE FUNCTION core_working_days_between(since date, until date) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN until >= since
         THEN (SELECT count(*) FROM generate_series(since + 1, until, interval '1 day') g WHERE core_is_working_day(g::date))
         ELSE -(SELECT count(*) FROM generate_series(until + 1, since, interval '1 day') g WHERE core_is_working_day(g::date))
         END::integer
$$;
