-- Rules of protocols and instructions over several rows. Each refuses with the name of its rule, as a constraint would.

-- A signed protocol and its items do not change. Argument: the column with the protocol's id.
CREATE FUNCTION tasks_keep_signed() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_TABLE_NAME <> 'tasks_protocol' THEN                 -- an item waits for a signature that is just being written
    PERFORM FROM tasks_protocol
      WHERE id IN ((to_jsonb(OLD) ->> TG_ARGV[0])::bigint, (to_jsonb(NEW) ->> TG_ARGV[0])::bigint) FOR SHARE;
  END IF;
  IF EXISTS (SELECT FROM tasks_protocol WHERE signed_on IS NOT NULL
              AND id IN ((to_jsonb(OLD) ->> TG_ARGV[0])::bigint, (to_jsonb(NEW) ->> TG_ARGV[0])::bigint)) THEN
    RAISE 'a signed protocol is frozen: write one that supersedes it'
      USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_signed_is_frozen';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;

-- The first due date is written once.
CREATE FUNCTION tasks_keep_first_due() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.original_due IS NOT NULL AND NEW.original_due IS DISTINCT FROM OLD.original_due THEN
    RAISE 'the first due date is written once'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_instruction_original_due_once';
  END IF;
  RETURN NEW;
END $$;

-- At commit: what is on control has a responsible executor. Argument: the column with the instruction's id.
CREATE FUNCTION tasks_check_lead() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE i record;
BEGIN
  PERFORM FROM tasks_instruction                            -- who removes the lead and who puts on control meet here
    WHERE id IN ((to_jsonb(OLD) ->> TG_ARGV[0])::bigint, (to_jsonb(NEW) ->> TG_ARGV[0])::bigint) ORDER BY id FOR UPDATE;
  FOR i IN SELECT * FROM tasks_instruction WHERE state NOT IN ('registered', 'cancelled')
            AND id IN ((to_jsonb(OLD) ->> TG_ARGV[0])::bigint, (to_jsonb(NEW) ->> TG_ARGV[0])::bigint) LOOP
    IF NOT EXISTS (SELECT FROM tasks_executor WHERE instruction_id = i.id AND role = 'lead') THEN
      RAISE 'instruction % is on control without a responsible executor', i.public_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_instruction_controlled_has_lead';
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
