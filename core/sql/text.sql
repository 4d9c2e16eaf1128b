-- Twins of core/text.py, core/dates.py and accounts/bin.py: what a column, an index or a check has to compute itself.

CREATE FUNCTION core_fold(t text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT translate(lower(t), 'әғқңөұүһіё', 'агкноуухие') $$;

-- The 42 letters in their own order, as code points of the private use area, which sort by themselves.
CREATE FUNCTION core_sort_kk(t text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT translate(lower(t), 'аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя',
    U&'\E001\E002\E003\E004\E005\E006\E007\E008\E009\E00A\E00B\E00C\E00D\E00E\E00F\E010\E011\E012\E013\E014\E015\E016\E017\E018\E019\E01A\E01B\E01C\E01D\E01E\E01F\E020\E021\E022\E023\E024\E025\E026\E027\E028\E029\E02A') $$;

CREATE FUNCTION core_public_id(prefix text, n bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT prefix || lpad(n::text, greatest(4, length(n::text)), '0') $$;

CREATE FUNCTION core_is_partial_date(day date, prec text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE prec
    WHEN 'unknown' THEN day IS NULL
    WHEN 'day'     THEN day IS NOT NULL
    WHEN 'month'   THEN coalesce(extract(day FROM day) = 1, false)
    WHEN 'season'  THEN coalesce(extract(day FROM day) = 1 AND extract(month FROM day) IN (3, 6, 9, 12), false)
    WHEN 'year'    THEN coalesce(extract(day FROM day) = 1 AND extract(month FROM day) = 1, false)
    ELSE false END
$$;

-- Every position of a GeoJSON geometry lies in Kazakhstan (46–88° E, 40–56° N), longitude first.
CREATE FUNCTION core_in_kazakhstan(geometry jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT geometry IS NULL OR geometry = 'null' OR coalesce(bool_and(        -- Django asks about its None as a JSON null
           CASE WHEN jsonb_typeof(p -> 0) = 'number' AND jsonb_typeof(p -> 1) = 'number'
                THEN (p ->> 0)::numeric BETWEEN 46 AND 88 AND (p ->> 1)::numeric BETWEEN 40 AND 56 ELSE false END), false)
    FROM jsonb_path_query(geometry -> 'coordinates', 'strict $.** ? (@.type() == "array")') p    -- lax would unwrap a point
   WHERE jsonb_typeof(p -> 0) IS DISTINCT FROM 'array'
$$;

-- Check digit of a BIN (and IIN): weights 1–11, then 3–11,1,2; a number whose second round gives 10 is never issued.
CREATE FUNCTION core_is_bin(bin text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE k integer;
BEGIN
  IF bin !~ '^[0-9]{12}$' THEN RETURN false; END IF;
  SELECT sum(substr(bin, i, 1)::integer * i) % 11 INTO k FROM generate_series(1, 11) i;
  IF k = 10 THEN
    SELECT sum(substr(bin, i, 1)::integer * ((i + 1) % 11 + 1)) % 11 INTO k FROM generate_series(1, 11) i;
  END IF;
  RETURN k < 10 AND k = substr(bin, 12, 1)::integer;
END $$;
