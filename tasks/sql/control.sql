-- Rules of control over several rows: terms, reports, parts, and who holds the ball. Each refuses with the name of its
-- rule, as a constraint would. What is invented for trying out (is_demo) may be taken out whole.

-- At commit: what is on control has a responsible executor who was not released. Argument: the column with the instruction.
CREATE OR REPLACE FUNCTION tasks_check_lead() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE i record;
BEGIN
  PERFORM FROM tasks_instruction                            -- who removes the lead and who puts on control meet here
    WHERE id IN ((to_jsonb(OLD) ->> TG_ARGV[0])::bigint, (to_jsonb(NEW) ->> TG_ARGV[0])::bigint) ORDER BY id FOR UPDATE;
  FOR i IN SELECT * FROM tasks_instruction WHERE state NOT IN ('registered', 'cancelled')
            AND id IN ((to_jsonb(OLD) ->> TG_ARGV[0])::bigint, (to_jsonb(NEW) ->> TG_ARGV[0])::bigint) LOOP
    IF NOT EXISTS (SELECT FROM tasks_executor WHERE instruction_id = i.id AND role = 'lead' AND released_on IS NULL) THEN
      RAISE 'instruction % is on control without a responsible executor', i.public_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_instruction_controlled_has_lead';
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

CREATE FUNCTION tasks_is_demo(instruction bigint) RETURNS boolean LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN coalesce((SELECT is_demo FROM tasks_instruction WHERE id = instruction), true);
END $$;

-- At commit: the term is the last granted one that no later decision corrects, else the first; and what is closed has no
-- undecided request. Argument: the column with the instruction.
CREATE FUNCTION tasks_check_term() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE i record; granted date;
BEGIN
  SELECT * INTO i FROM tasks_instruction WHERE id = coalesce((to_jsonb(NEW) ->> TG_ARGV[0])::bigint, (to_jsonb(OLD) ->> TG_ARGV[0])::bigint);
  IF NOT FOUND THEN RETURN NULL; END IF;
  SELECT e.granted_due INTO granted FROM tasks_extension e
   WHERE e.instruction_id = i.id AND e.state = 'granted' AND NOT EXISTS (SELECT FROM tasks_extension c WHERE c.corrects_id = e.id)
   ORDER BY e.id DESC LIMIT 1;
  IF i.due IS DISTINCT FROM coalesce(granted, i.original_due) THEN
    RAISE 'the due date of % moves only by a granted extension', i.public_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_instruction_due_moves_by_extension';
  END IF;
  IF i.state IN ('executed', 'cancelled')
     AND EXISTS (SELECT FROM tasks_extension WHERE instruction_id = i.id AND state IN ('requested', 'under_review')) THEN
    RAISE '% is closed with a request for more time undecided', i.public_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_instruction_closed_with_requests_decided';
  END IF;
  RETURN NULL;
END $$;

-- A request is made while something is to be handed in, from the present term, and stays as it was asked; a decision stays.
CREATE FUNCTION tasks_check_extension() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE i record; was record;
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF NOT tasks_is_demo(OLD.instruction_id) THEN
      RAISE 'a request for more time is kept' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_extension_kept';
    END IF;
    RETURN OLD;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF OLD.state NOT IN ('requested', 'under_review') THEN
      RAISE 'a decision on more time is corrected by another decision'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_extension_decision_is_frozen';
    END IF;
    IF (OLD.instruction_id, OLD.organisation_id, OLD.asked_on, OLD.old_due, OLD.new_due, OLD.reason, OLD.corrects_id, OLD.asked_by_id, OLD.asked_for_id)
       IS DISTINCT FROM
       (NEW.instruction_id, NEW.organisation_id, NEW.asked_on, NEW.old_due, NEW.new_due, NEW.reason, NEW.corrects_id, NEW.asked_by_id, NEW.asked_for_id) THEN
      RAISE 'a request for more time stays as it was asked'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_extension_request_is_frozen';
    END IF;
    RETURN NEW;
  END IF;
  SELECT * INTO i FROM tasks_instruction WHERE id = NEW.instruction_id FOR UPDATE;
  IF NEW.corrects_id IS NULL THEN
    IF NEW.state <> 'requested' OR i.state NOT IN ('on_control', 'in_execution', 'returned') OR NEW.old_due IS DISTINCT FROM i.due THEN
      RAISE 'more time is asked for what is to be handed in, from its present term'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_extension_asked_of_what_is_due';
    END IF;
    RETURN NEW;
  END IF;
  SELECT * INTO was FROM tasks_extension WHERE id = NEW.corrects_id;
  IF NEW.state NOT IN ('granted', 'refused') OR was.state NOT IN ('granted', 'refused') OR was.instruction_id <> NEW.instruction_id
     OR (was.organisation_id, was.asked_on, was.old_due, was.new_due, was.reason)
        IS DISTINCT FROM (NEW.organisation_id, NEW.asked_on, NEW.old_due, NEW.new_due, NEW.reason)
     OR i.state IN ('executed', 'cancelled')
     OR EXISTS (SELECT FROM tasks_extension l WHERE l.instruction_id = NEW.instruction_id AND l.id > was.id AND l.state <> 'withdrawn') THEN
    RAISE 'a correction is a decision on the same request, and of the last one only'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_extension_corrects_the_last';
  END IF;
  RETURN NEW;
END $$;

-- Handed in it is locked, accepted it stays; the database counts how often it came back.
CREATE FUNCTION tasks_keep_report() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE present text;
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state <> 'draft' AND NOT tasks_is_demo(OLD.instruction_id) THEN
      RAISE 'a report that was handed in is kept' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_executionreport_kept';
    END IF;
    RETURN OLD;
  END IF;
  SELECT state INTO present FROM tasks_instruction WHERE id = NEW.instruction_id FOR UPDATE;
  IF (TG_OP = 'INSERT' OR NEW.state = 'submitted' AND OLD.state <> 'submitted') AND present NOT IN ('on_control', 'in_execution', 'returned') THEN
    RAISE 'nothing is to be reported of an instruction that is %', present
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_executionreport_while_due';
  END IF;
  IF TG_OP = 'INSERT' THEN
    NEW.returns := 0;
    RETURN NEW;
  END IF;
  IF OLD.state = 'accepted' OR (OLD.instruction_id, OLD.kind) IS DISTINCT FROM (NEW.instruction_id, NEW.kind)
     OR OLD.state = 'submitted' AND (OLD.text, OLD.organisation_id, OLD.submitted_on) IS DISTINCT FROM (NEW.text, NEW.organisation_id, NEW.submitted_on) THEN
    RAISE 'a report that was handed in stays as it is' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_executionreport_is_frozen';
  END IF;
  NEW.returns := OLD.returns + (NEW.state = 'returned' AND OLD.state <> 'returned')::int;
  RETURN NEW;
END $$;

-- At commit: an instruction and its final report are in step, and a final report that is handed in brings the proof that was
-- asked for. Argument: the column with the instruction.
CREATE FUNCTION tasks_check_report() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE i record; final record;
BEGIN
  SELECT * INTO i FROM tasks_instruction WHERE id = coalesce((to_jsonb(NEW) ->> TG_ARGV[0])::bigint, (to_jsonb(OLD) ->> TG_ARGV[0])::bigint);
  IF NOT FOUND THEN RETURN NULL; END IF;
  SELECT * INTO final FROM tasks_executionreport WHERE instruction_id = i.id AND kind = 'final' AND state <> 'draft' ORDER BY id DESC LIMIT 1;
  IF i.state = 'executed' AND final.state IS DISTINCT FROM 'accepted' THEN
    RAISE '% is removed from control without an accepted final report', i.public_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_instruction_executed_by_final_report';
  END IF;
  IF i.state <> 'executed' AND coalesce(final.state, 'none') <>
       (CASE i.state WHEN 'reported' THEN 'submitted' WHEN 'returned' THEN 'returned'
                     WHEN 'cancelled' THEN CASE final.state WHEN 'returned' THEN 'returned' ELSE 'none' END
                     ELSE 'none' END) THEN
    RAISE '% is % while its final report is %', i.public_id, i.state, coalesce(final.state, 'none')
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_instruction_in_step_with_report';
  END IF;
  IF final.state IN ('submitted', 'accepted') AND i.evidence_kind <> ''
     AND NOT EXISTS (SELECT FROM tasks_evidence WHERE report_id = final.id AND kind = i.evidence_kind) THEN
    RAISE 'the final report of % lacks the proof that was asked for', i.public_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_executionreport_brings_the_proof';
  END IF;
  RETURN NULL;
END $$;

-- A co-executor sends while something is to be handed in; what he sent stays.
CREATE FUNCTION tasks_keep_contribution() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE e record; present text;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT * INTO e FROM tasks_executor WHERE id = NEW.executor_id;
    SELECT state INTO present FROM tasks_instruction WHERE id = e.instruction_id FOR UPDATE;
    IF e.role <> 'co' OR e.organisation_id IS NULL OR e.released_on IS NOT NULL
       OR present NOT IN ('on_control', 'in_execution', 'returned') THEN
      RAISE 'a contribution comes from a co-executor while something is to be handed in'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_contribution_of_a_co_executor';
    END IF;
    RETURN NEW;
  END IF;
  SELECT * INTO e FROM tasks_executor WHERE id = OLD.executor_id;
  IF TG_OP = 'DELETE' AND tasks_is_demo(e.instruction_id) THEN RETURN OLD; END IF;
  RAISE 'a contribution stays as it was sent' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_contribution_kept';
END $$;

-- What was once on control is not removed from the register, and what is real does not become invented. The clock of what
-- is removed goes with it.
CREATE FUNCTION tasks_keep_instruction() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.is_demo <> OLD.is_demo THEN
      RAISE 'what is real stays real' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_instruction_demo_for_ever';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.state <> 'registered' AND NOT OLD.is_demo THEN
    RAISE 'an instruction that was on control is kept' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_instruction_kept';
  END IF;
  DELETE FROM tasks_holdinterval WHERE instruction_id = OLD.id;
  RETURN OLD;
END $$;

-- At commit: parts are closed before the whole (but for its own remainder, which lives on), nothing is part of itself, and
-- what is invented is part of what is invented. A remainder is part of what was removed from control.
CREATE FUNCTION tasks_check_parts() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE i record; whole record;
BEGIN
  SELECT * INTO i FROM tasks_instruction WHERE id = NEW.id;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF i.remainder_of_id IS NOT NULL AND (i.remainder_of_id IS DISTINCT FROM i.parent_id
       OR NOT EXISTS (SELECT FROM tasks_instruction WHERE id = i.remainder_of_id AND state = 'executed')) THEN
    RAISE '% is no remainder: what it is part of is not removed from control', i.public_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_instruction_remainder_of_what_is_removed';
  END IF;
  IF i.parent_id IS NOT NULL THEN
    SELECT * INTO whole FROM tasks_instruction WHERE id = i.parent_id FOR UPDATE;      -- who closes it and who adds a part meet here
    IF whole.is_demo <> i.is_demo THEN
      RAISE 'what is invented is not mixed with what is real' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_instruction_demo_with_demo';
    END IF;
    IF EXISTS (WITH RECURSIVE above AS (
                 SELECT i.parent_id AS id UNION SELECT t.parent_id FROM tasks_instruction t JOIN above a ON t.id = a.id WHERE t.parent_id IS NOT NULL)
               SELECT FROM above WHERE id = i.id) THEN
      RAISE 'an instruction is not part of itself' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_instruction_no_circle';
    END IF;
    IF i.state NOT IN ('executed', 'cancelled') AND whole.state IN ('executed', 'cancelled') AND i.remainder_of_id IS DISTINCT FROM whole.id THEN
      RAISE '% is closed: nothing is added to it', whole.public_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_instruction_part_of_what_is_open';
    END IF;
  END IF;
  IF i.state IN ('executed', 'cancelled') AND EXISTS (
       WITH RECURSIVE below AS (
         SELECT t.id, t.state FROM tasks_instruction t WHERE t.parent_id = i.id AND t.remainder_of_id IS DISTINCT FROM i.id
         UNION SELECT t.id, t.state FROM tasks_instruction t JOIN below b ON t.parent_id = b.id)
       SELECT FROM below WHERE state NOT IN ('executed', 'cancelled')) THEN
    RAISE 'parts of % are still open', i.public_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_instruction_closed_after_its_parts';
  END IF;
  RETURN NULL;
END $$;

-- Who has to move next: the responsible executor; once reported the office; when removal is proposed, or more time asked
-- for, whoever gave the instruction; the office again where the executor refused, and before anything is on control.
CREATE FUNCTION tasks_holder(instruction bigint, OUT holder text, OUT organisation bigint) LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE i record; lead record;
BEGIN
  SELECT * INTO i FROM tasks_instruction WHERE id = instruction;
  IF NOT FOUND OR i.state IN ('executed', 'cancelled') THEN RETURN; END IF;
  IF EXISTS (SELECT FROM tasks_extension WHERE instruction_id = i.id AND state IN ('requested', 'under_review'))
     OR i.state = 'reported' AND i.removal_proposed_by_id IS NOT NULL THEN
    holder := 'issuer'; organisation := i.issuer_id;
  ELSIF i.state IN ('registered', 'reported') THEN
    holder := 'office';
  ELSE
    SELECT * INTO lead FROM tasks_executor WHERE instruction_id = i.id AND role = 'lead' AND released_on IS NULL;
    holder := CASE WHEN lead.id IS NULL OR lead.refused_on IS NOT NULL THEN 'office' ELSE 'executor' END;
    IF holder = 'executor' THEN organisation := lead.organisation_id; END IF;
  END IF;
END $$;

-- The clock of who holds the ball: an interval ends and the next begins in the transaction of the change, by any door.
-- Argument: the column with the instruction.
CREATE FUNCTION tasks_pass_ball() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  key bigint := coalesce((to_jsonb(NEW) ->> TG_ARGV[0])::bigint, (to_jsonb(OLD) ->> TG_ARGV[0])::bigint);
  present record; becomes record; moment timestamptz;
BEGIN
  PERFORM FROM tasks_instruction WHERE id = key FOR UPDATE;
  IF NOT FOUND THEN RETURN NULL; END IF;
  SELECT * INTO present FROM tasks_holdinterval WHERE instruction_id = key AND upper_inf(during);
  SELECT * INTO becomes FROM tasks_holder(key);
  IF (present.holder, present.organisation_id) IS NOT DISTINCT FROM (becomes.holder, becomes.organisation) THEN RETURN NULL; END IF;
  moment := greatest(now(), lower(present.during));         -- a transaction that began earlier may write later
  IF moment = lower(present.during) AND becomes.holder IS NOT NULL THEN
    UPDATE tasks_holdinterval SET holder = becomes.holder, organisation_id = becomes.organisation WHERE id = present.id;
  ELSIF moment = lower(present.during) THEN
    DELETE FROM tasks_holdinterval WHERE id = present.id;
  ELSE
    UPDATE tasks_holdinterval SET during = tstzrange(lower(during), moment) WHERE id = present.id;
    INSERT INTO tasks_holdinterval (instruction_id, holder, organisation_id, during)
      SELECT key, becomes.holder, becomes.organisation, tstzrange(moment, NULL) WHERE becomes.holder IS NOT NULL;
  END IF;
  RETURN NULL;
END $$;

-- The clock is written by tasks_pass_ball alone: what comes from no other trigger is refused. What is invented has an
-- invented past; what is only registered may be removed with its clock.
CREATE FUNCTION tasks_keep_clock() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF pg_trigger_depth() > 1 OR tasks_is_demo(coalesce(NEW.instruction_id, OLD.instruction_id)) THEN RETURN NULL; END IF;
  IF TG_OP <> 'DELETE' OR EXISTS (SELECT FROM tasks_instruction WHERE id = OLD.instruction_id AND state <> 'registered') THEN
    RAISE 'who holds an instruction follows from its life' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_holdinterval_by_the_database';
  END IF;
  RETURN NULL;
END $$;

-- At commit: what is open is held by somebody.
CREATE FUNCTION tasks_check_clock() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (SELECT holder FROM tasks_holder(OLD.instruction_id)) IS NOT NULL
     AND NOT EXISTS (SELECT FROM tasks_holdinterval WHERE instruction_id = OLD.instruction_id AND upper_inf(during)) THEN
    RAISE 'an open instruction is held by somebody' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_holdinterval_of_what_is_open';
  END IF;
  RETURN NULL;
END $$;
