-- Who looked at what: the instant is the database's own, and nothing younger than the term is removed. Argument: days.
CREATE OR REPLACE FUNCTION core_keep_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.at := clock_timestamp();
    RETURN NEW;
  END IF;
  IF OLD.at > now() - make_interval(days => TG_ARGV[0]::int) THEN
    RAISE '% keeps who looked at what for % days', TG_TABLE_NAME, TG_ARGV[0]
      USING ERRCODE = 'insufficient_privilege', CONSTRAINT = TG_TABLE_NAME || '_kept';
  END IF;
  RETURN OLD;
END $$;
