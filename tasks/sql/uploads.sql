-- Files of progress reports: on their way piece by piece, then proof of the report.

-- The state of a report and whether its period is locked; the report is held until the end of the transaction.
CREATE OR REPLACE FUNCTION tasks_progress_is_written(report bigint) RETURNS boolean LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE r record;
BEGIN
  SELECT state, period_id INTO r FROM tasks_progressreport WHERE id = report FOR UPDATE;
  RETURN r.state IN ('draft', 'complete', 'returned') AND NOT tasks_period_is_locked(r.period_id);
END $$;

-- A file is sent while its report is written. What was announced stays as it was; what is here stays here.
CREATE OR REPLACE FUNCTION tasks_keep_upload() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE free text[] := ARRAY['updated_at', 'version', 'received', 'file_id', 'refused'];
BEGIN
  IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM tasks_progressreport WHERE id = OLD.report_id) THEN RETURN OLD; END IF;
  IF TG_OP = 'DELETE' AND districts_is_demo((SELECT project_id FROM tasks_progressreport WHERE id = OLD.report_id)) THEN RETURN OLD; END IF;
  IF NOT tasks_progress_is_written(coalesce(NEW.report_id, OLD.report_id)) THEN
    RAISE 'a file is sent while its report is written' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_upload_while_written';
  END IF;
  IF TG_OP = 'UPDATE' AND (OLD.file_id IS NOT NULL OR to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free) THEN
    RAISE 'a file on its way stays as it was announced' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_upload_kept';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;

-- At commit: nothing is handed in while a file of it is still on its way.
CREATE OR REPLACE FUNCTION tasks_check_uploads() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE r record;
BEGIN
  SELECT * INTO r FROM tasks_progressreport WHERE id = NEW.id;
  IF FOUND AND r.state = 'submitted'
     AND EXISTS (SELECT FROM tasks_upload WHERE report_id = r.id AND file_id IS NULL AND refused = '') THEN
    RAISE '% is submitted while a file is on its way', r.public_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_progressreport_submitted_with_whole_files';
  END IF;
  RETURN NULL;
END $$;
