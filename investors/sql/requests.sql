-- Requests between an investor and the office: what the database sees to.

CREATE OR REPLACE FUNCTION investors_request_is_demo(request bigint) RETURNS boolean LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN coalesce((SELECT is_demo FROM investors_request WHERE id = request), true);  -- gone: it was removed whole
END $$;

-- What was asked, of whom and by whom stays; what has ended does not change; only what is invented may be taken out.
CREATE OR REPLACE FUNCTION investors_keep_request() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE free text[] := ARRAY['state', 'holder', 'promised_on', 'wanted_by', 'handler_id', 'written_at', 'ended_at', 'updated_at', 'version', 'public_id'];
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF NOT OLD.is_demo THEN
      RAISE 'a request is kept' USING ERRCODE = 'check_violation', CONSTRAINT = 'investors_request_kept';
    END IF;
    RETURN OLD;
  END IF;
  IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free
                           OR OLD.ended_at IS NOT NULL AND NEW.state = OLD.state) THEN
    RAISE 'what was asked stays as it was' USING ERRCODE = 'check_violation', CONSTRAINT = 'investors_request_is_frozen';
  END IF;
  RETURN NEW;
END $$;

-- Whoever holds the ball, since when: an interval ends and the next begins in the same instant.
CREATE OR REPLACE FUNCTION investors_pass_ball() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE present record; moment timestamptz;
BEGIN
  SELECT * INTO present FROM investors_requesthold WHERE request_id = NEW.id AND upper_inf(during);
  IF coalesce(present.holder, '') = NEW.holder THEN RETURN NULL; END IF;
  moment := greatest(now(), lower(present.during));         -- a transaction that began earlier may write later
  IF moment = lower(present.during) AND NEW.holder <> '' THEN
    UPDATE investors_requesthold SET holder = NEW.holder WHERE id = present.id;
  ELSIF moment = lower(present.during) THEN
    DELETE FROM investors_requesthold WHERE id = present.id;
  ELSE
    UPDATE investors_requesthold SET during = tstzrange(lower(during), moment) WHERE id = present.id;
    INSERT INTO investors_requesthold (request_id, holder, during)
      SELECT NEW.id, NEW.holder, tstzrange(moment, NULL) WHERE NEW.holder <> '';
  END IF;
  RETURN NULL;
END $$;

-- The clock is written by investors_pass_ball alone. What is invented has an invented past.
CREATE OR REPLACE FUNCTION investors_keep_clock() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF pg_trigger_depth() > 1 OR investors_request_is_demo(coalesce(NEW.request_id, OLD.request_id)) THEN RETURN NULL; END IF;
  RAISE 'who holds a request follows from its life'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'investors_requesthold_by_the_database';
END $$;

-- A message is written into what has not ended, at the instant of the database, and stays. Its text may be erased, once.
CREATE OR REPLACE FUNCTION investors_keep_message() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE free text[] := ARRAY['text', 'erased_at', 'updated_at', 'version']; ended timestamptz;
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF NOT investors_request_is_demo(OLD.request_id) THEN
      RAISE 'a message is kept' USING ERRCODE = 'check_violation', CONSTRAINT = 'investors_message_kept';
    END IF;
    RETURN OLD;
  END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT ended_at INTO ended FROM investors_request WHERE id = NEW.request_id FOR SHARE;
    IF ended IS NOT NULL THEN
      RAISE 'nothing more is written into what has ended' USING ERRCODE = 'check_violation', CONSTRAINT = 'investors_message_while_open';
    END IF;
    IF NOT investors_request_is_demo(NEW.request_id) THEN NEW.at := now(); END IF;
    RETURN NEW;
  END IF;
  IF to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free OR OLD.erased_at IS NOT NULL
     OR NEW.text <> '' OR NEW.erased_at IS NULL THEN
    RAISE 'what was written stays as it was' USING ERRCODE = 'check_violation', CONSTRAINT = 'investors_message_is_frozen';
  END IF;
  RETURN NEW;
END $$;

-- At commit: a message has words or a file.
CREATE OR REPLACE FUNCTION investors_check_message() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.text = '' AND NEW.erased_at IS NULL
     AND NOT EXISTS (SELECT FROM investors_messagefile WHERE message_id = NEW.id) THEN
    RAISE 'a message says something' USING ERRCODE = 'check_violation', CONSTRAINT = 'investors_message_says_something';
  END IF;
  RETURN NULL;
END $$;

-- A file comes with its message, in the same transaction, and stays with it.
CREATE OR REPLACE FUNCTION investors_keep_message_file() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE written timestamptz;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT created_at INTO written FROM investors_message WHERE id = NEW.message_id;
    IF written < now() THEN
      RAISE 'a file comes with its message' USING ERRCODE = 'check_violation', CONSTRAINT = 'investors_messagefile_with_its_message';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' OR NOT investors_request_is_demo((SELECT request_id FROM investors_message WHERE id = OLD.message_id)) THEN
    RAISE 'a file of a message is kept' USING ERRCODE = 'check_violation', CONSTRAINT = 'investors_messagefile_kept';
  END IF;
  RETURN OLD;
END $$;
