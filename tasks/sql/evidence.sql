-- Proof is added to what is being written (a contribution is sent in the transaction that writes it), and stays with what was
-- sent. Of a progress report it comes and goes while the report is written, and is weighed anew at any time.
CREATE OR REPLACE FUNCTION tasks_keep_evidence() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE proof record; owner bigint; sent boolean; weighed text[] := ARRAY['updated_at', 'version', 'score', 'reasons', 'picture_hash'];
BEGIN
  IF TG_OP = 'INSERT' THEN proof := NEW; ELSE proof := OLD; END IF;
  IF proof.progress_id IS NOT NULL THEN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - weighed IS NOT DISTINCT FROM to_jsonb(OLD) - weighed THEN RETURN NEW; END IF;
    IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM tasks_progressreport WHERE id = OLD.progress_id) THEN RETURN OLD; END IF;
    IF TG_OP = 'DELETE' AND districts_is_demo((SELECT project_id FROM tasks_progressreport WHERE id = OLD.progress_id)) THEN RETURN OLD; END IF;
    sent := NOT tasks_progress_is_written(proof.progress_id);
    IF TG_OP = 'UPDATE' THEN
      weighed := weighed || ARRAY['note'];
      sent := sent OR to_jsonb(NEW) - weighed IS DISTINCT FROM to_jsonb(OLD) - weighed;
    END IF;
  ELSE
    IF proof.report_id IS NOT NULL THEN
      SELECT state IN ('submitted', 'accepted'), instruction_id INTO sent, owner
        FROM tasks_executionreport WHERE id = proof.report_id FOR UPDATE;
    ELSE
      SELECT c.created_at < now() OR TG_OP = 'DELETE', e.instruction_id INTO sent, owner
        FROM tasks_contribution c JOIN tasks_executor e ON e.id = c.executor_id WHERE c.id = proof.contribution_id;
    END IF;
    IF TG_OP = 'DELETE' AND tasks_is_demo(owner) THEN RETURN OLD; END IF;
    sent := sent OR TG_OP = 'UPDATE';
  END IF;
  IF sent THEN
    RAISE 'proof of what was sent is kept' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_evidence_kept';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
