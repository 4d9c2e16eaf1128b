-- The one generic guard of states. Arguments: column; table of moves as JSON {state: [next, …]}; states a row may begin in.
-- Both come from an app's choices.py, so that the services and the database read the same table.
CREATE FUNCTION core_check_move() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  became text := to_jsonb(NEW) ->> TG_ARGV[0];
  was text;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT TG_ARGV[2]::jsonb ? became THEN
      RAISE '% cannot begin as %', TG_TABLE_NAME, became
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_first_' || TG_ARGV[0];
    END IF;
    RETURN NEW;
  END IF;
  was := to_jsonb(OLD) ->> TG_ARGV[0];
  IF was <> became AND NOT coalesce((TG_ARGV[1]::jsonb -> was) ? became, false) THEN
    RAISE '% cannot go from % to %', TG_TABLE_NAME, was, became
      USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_move_' || TG_ARGV[0];
  END IF;
  RETURN NEW;
END $$;

-- What no column may hold, whatever door it came through: a code that does not exist, a number or date that is none,
-- words that are only spaces. Arguments: {column: [codes]} as JSON; columns of numbers and dates,
-- separated by commas; generated columns, likewise.
CREATE FUNCTION core_check_values() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  codes jsonb := TG_ARGV[0];
  measured text[] := string_to_array(TG_ARGV[1], ',');
  wrong record;
BEGIN
  SELECT e.key, CASE WHEN codes ? e.key THEN 'known' WHEN e.key = ANY (measured) THEN 'finite' ELSE 'blank' END AS rule
    INTO wrong
    FROM jsonb_each_text(to_jsonb(NEW) - string_to_array(TG_ARGV[2], ',')) e
   WHERE (codes ? e.key AND NOT codes -> e.key ? e.value)
      OR (e.key = ANY (measured) AND (e.value ~* 'nan|infinity|bc$' OR e.value ~ '^[0-9]{5,}-'))
      OR (e.value <> '' AND btrim(e.value, U&' \0009\000A\000D\00A0\2007\202F\2060\FEFF') = '')
   LIMIT 1;
  IF FOUND THEN
    RAISE '%.% holds a value that it may not', TG_TABLE_NAME, wrong.key
      USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_' || wrong.key || '_' || wrong.rule;
  END IF;
  RETURN NULL;
END $$;
