-- What is public from an instant on, and which words were left behind when those beside them changed.

-- The instant of this reading: the past that was entered, never one that is still to come; else that of the statement.
CREATE OR REPLACE FUNCTION core_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT least(nullif(current_setting('ledger.instant', true), '')::timestamptz, statement_timestamp())
$$;

-- Of each text (its columns, one a language): where one changed and another that holds words did not, the other is
-- stale; what changed or holds no words is not. Who renews a stale one catches up: nothing else becomes stale by it.
-- `marked`: the columns that are stale already.
CREATE OR REPLACE FUNCTION core_mark_stale(was jsonb, became jsonb, texts jsonb, marked text[])
RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(c.name ORDER BY c.name), '{}')
    FROM jsonb_array_elements(texts) t
   CROSS JOIN LATERAL (SELECT bool_or(was -> name <> became -> name AND name <> ALL (marked)) AS moved
                       FROM jsonb_array_elements_text(t) name) any_of
   CROSS JOIN LATERAL jsonb_array_elements_text(t) c(name)
   WHERE became ->> c.name <> '' AND was -> c.name = became -> c.name AND (any_of.moved OR c.name = ANY (marked))
$$;

-- As in ledger.sql, and of a row with words it keeps `stale`. Arguments: columns that do not count, separated by
-- commas; the texts of the table as JSON, where there are any.
CREATE OR REPLACE FUNCTION core_touch() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE apart text[] := string_to_array(TG_ARGV[0], ',');
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.version := 1;
    NEW.created_at := now();
    NEW.updated_at := now();
    RETURN NEW;
  END IF;
  NEW.version := OLD.version;
  NEW.created_at := OLD.created_at;
  NEW.updated_at := OLD.updated_at;
  IF TG_NARGS > 1 THEN
    NEW.stale := core_mark_stale(to_jsonb(OLD), to_jsonb(NEW), TG_ARGV[1]::jsonb, NEW.stale);
  END IF;
  IF to_jsonb(NEW) - apart IS DISTINCT FROM to_jsonb(OLD) - apart THEN
    NEW.version := OLD.version + 1;
    NEW.updated_at := greatest(now(), OLD.updated_at);
  END IF;
  RETURN NEW;
END $$;
