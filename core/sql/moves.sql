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
