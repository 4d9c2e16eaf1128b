-- What search columns need beside core_fold: the words of an array, immutable as a generated column asks.
CREATE FUNCTION core_words(words text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT coalesce(array_to_string(words, ' '), '') $$;

-- As in past.sql, except that a generated column is computed from the row as it stood: so one that was added or changed
-- since reads in the past too, and an old row is found by the words it had.
CREATE OR REPLACE FUNCTION core_show_past(tbl regclass, key text, blank jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE name text := (SELECT relname FROM pg_class WHERE oid = tbl); columns text;
BEGIN
  SELECT string_agg(CASE WHEN a.attname = key THEN format('born.row_key::%s AS %I', format_type(atttypid, atttypmod), key)
                         WHEN a.attgenerated <> '' THEN format('(%s)::%s AS %I', pg_get_expr(d.adbin, d.adrelid),
                                                               format_type(atttypid, atttypmod), a.attname)
                         ELSE format('r.%I', a.attname) END, ', ' ORDER BY a.attnum)
    INTO columns
    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
   WHERE a.attrelid = tbl AND a.attnum > 0 AND NOT a.attisdropped;
  EXECUTE format($view$
    CREATE VIEW asof.%1$I AS
    SELECT %2$s
      FROM (SELECT DISTINCT row_key FROM public.core_change WHERE relation = %3$L AND op = 'I') born
     CROSS JOIN LATERAL (SELECT c.op, c.new FROM public.core_change c
                          WHERE c.relation = %3$L AND c.row_key = born.row_key AND c.at <= public.core_instant()
                          ORDER BY c.at DESC, c.id DESC LIMIT 1) last
     CROSS JOIN LATERAL jsonb_populate_record(NULL::%4$s, %5$L::jsonb || last.new) r
     WHERE last.op <> 'D'$view$, name, columns, name, format('public.%I', name), blank);
END $$;
