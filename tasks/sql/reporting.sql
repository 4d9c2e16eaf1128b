-- Reporting of projects, period by period: what the database sees to. A migration that changes what is here runs the file again.
-- What is invented for trying out may be taken out whole, whatever state it is in and whether its period is locked.

-- A whole calendar month, or a whole quarter.
CREATE OR REPLACE FUNCTION tasks_is_period(kind text, starts date, ends date) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT starts = date_trunc(kind, starts::timestamp)::date
     AND ends = (date_trunc(kind, starts::timestamp) + CASE kind WHEN 'month' THEN interval '1 month' ELSE interval '3 months' END)::date - 1
$$;

-- What was reported of a period was reported of these days.
CREATE OR REPLACE FUNCTION tasks_keep_period() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (OLD.kind, OLD.starts, OLD.ends) IS DISTINCT FROM (NEW.kind, NEW.starts, NEW.ends)
     AND EXISTS (SELECT FROM tasks_progressreport WHERE period_id = OLD.id) THEN
    RAISE 'a period of which something is reported keeps its days'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_reportingperiod_keeps_its_days';
  END IF;
  RETURN NEW;
END $$;

-- Nothing is written into a locked period, whatever table it is in. Who locks it and who writes meet here.
CREATE OR REPLACE FUNCTION tasks_period_is_locked(period bigint) RETURNS boolean LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE locked timestamptz;
BEGIN
  SELECT locked_at INTO locked FROM tasks_reportingperiod WHERE id = period FOR SHARE;
  RETURN locked IS NOT NULL;
END $$;

-- Whether what this report belongs to is invented.
CREATE OR REPLACE FUNCTION tasks_report_is_demo(report bigint) RETURNS boolean LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN coalesce((SELECT districts_is_demo(project_id) FROM tasks_progressreport WHERE id = report), false);
END $$;

-- A report comes from whoever owes it, stays one of its project and period, and what was handed in stays as it was. The
-- instants are those of the database, which also counts how often a report came back.
CREATE OR REPLACE FUNCTION tasks_keep_progress() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE p record; was record; sent boolean; decided boolean; free text[] := ARRAY['state', 'updated_at', 'version', 'public_id'];
BEGIN
  IF TG_OP = 'DELETE' AND districts_is_demo(OLD.project_id) THEN RETURN OLD; END IF;
  IF tasks_period_is_locked(coalesce(OLD.period_id, NEW.period_id)) THEN
    RAISE 'the period is locked' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_progressreport_period_is_open';
  END IF;
  IF TG_OP = 'DELETE' THEN
    IF OLD.state NOT IN ('draft', 'complete') THEN
      RAISE 'a report that was submitted is kept' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_progressreport_kept';
    END IF;
    RETURN OLD;
  END IF;
  IF TG_OP = 'INSERT' THEN
    NEW.returns := 0;
    SELECT * INTO p FROM tasks_reportingperiod WHERE id = NEW.period_id;
    IF NOT EXISTS (SELECT FROM tasks_reportingduty d
                    WHERE d.project_id = NEW.project_id AND d.organisation_id = NEW.organisation_id AND d.kind = p.kind
                      AND daterange(d.since, d.until, '[]') && daterange(p.starts, p.ends, '[]')) THEN
      RAISE 'a report comes from whoever owes it' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_progressreport_by_duty';
    END IF;
    IF NEW.supersedes_id IS NOT NULL THEN
      SELECT * INTO was FROM tasks_progressreport WHERE id = NEW.supersedes_id FOR UPDATE;
      IF was.state IS DISTINCT FROM 'accepted' OR (was.project_id, was.period_id) IS DISTINCT FROM (NEW.project_id, NEW.period_id) THEN
        RAISE 'a correction supersedes the accepted report of the same project and period'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_progressreport_corrects_the_accepted';
      END IF;
    END IF;
    RETURN NEW;
  END IF;
  sent := NEW.state = 'submitted' AND OLD.state <> 'submitted';
  decided := OLD.state = 'submitted' AND NEW.state IN ('accepted', 'returned');
  free := free || CASE WHEN OLD.state IN ('draft', 'complete', 'returned') THEN ARRAY['text', 'issues', 'risks', 'help_needed', 'language',
                                                                                    'prepared_by_id', 'base_version', 'client_uuid'] END
               || CASE WHEN sent THEN ARRAY['submitted_by_id', 'submitted_for_id', 'submitted_at'] END
               || CASE WHEN decided THEN ARRAY['decided_by_id', 'decided_at', 'returns'] END;
  IF to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free THEN
    RAISE 'what was reported stays as it is' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_progressreport_is_frozen';
  END IF;
  IF sent THEN NEW.submitted_at := now(); END IF;
  IF decided THEN NEW.decided_at := now(); END IF;
  NEW.returns := OLD.returns + (decided AND NEW.state = 'returned')::int;
  RETURN NEW;
END $$;

-- At commit: what is handed in answers everything, what comes back says why, and only a newer accepted report supersedes.
-- Argument: the metrics.
CREATE OR REPLACE FUNCTION tasks_check_progress() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE r record;
BEGIN
  SELECT * INTO r FROM tasks_progressreport WHERE id = NEW.id;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF r.state NOT IN ('draft', 'complete', 'returned')
     AND EXISTS (SELECT unnest(string_to_array(TG_ARGV[0], ',')) EXCEPT SELECT metric FROM tasks_progressvalue WHERE report_id = r.id) THEN
    RAISE '% is submitted without all its values', r.public_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_progressreport_submitted_with_values';
  END IF;
  IF r.state = 'returned' AND NOT EXISTS (SELECT FROM tasks_reviewnote WHERE report_id = r.id AND turn = r.returns) THEN
    RAISE '% is returned without a word', r.public_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_progressreport_returned_with_note';
  END IF;
  IF r.state = 'superseded' AND NOT EXISTS (SELECT FROM tasks_progressreport n
                                             WHERE n.supersedes_id = r.id AND n.state IN ('accepted', 'superseded')) THEN
    RAISE '% is superseded by nothing that was accepted', r.public_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_progressreport_superseded_by_accepted';
  END IF;
  RETURN NULL;
END $$;

-- Answers change while the report is written.
CREATE OR REPLACE FUNCTION tasks_keep_progress_value() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE r record;
BEGIN
  IF TG_OP = 'DELETE' AND tasks_report_is_demo(OLD.report_id) THEN RETURN OLD; END IF;
  FOR r IN SELECT * FROM tasks_progressreport WHERE id IN (OLD.report_id, NEW.report_id) ORDER BY id FOR UPDATE LOOP
    IF tasks_period_is_locked(r.period_id) THEN
      RAISE 'the period is locked' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_progressvalue_period_is_open';
    END IF;
    IF r.state NOT IN ('draft', 'complete', 'returned') THEN
      RAISE 'what was reported stays as it is' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_progressvalue_is_frozen';
    END IF;
  END LOOP;
  RETURN coalesce(NEW, OLD);
END $$;

-- A note is written on what waits for an answer, and stays.
CREATE OR REPLACE FUNCTION tasks_keep_review_note() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE r record;
BEGIN
  IF TG_OP = 'DELETE' AND tasks_report_is_demo(OLD.report_id) THEN RETURN OLD; END IF;
  IF TG_OP <> 'INSERT' THEN
    RAISE 'a note of the review is kept' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_reviewnote_kept';
  END IF;
  SELECT * INTO r FROM tasks_progressreport WHERE id = NEW.report_id FOR UPDATE;
  IF tasks_period_is_locked(r.period_id) THEN
    RAISE 'the period is locked' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_reviewnote_period_is_open';
  END IF;
  IF r.state <> 'submitted' THEN
    RAISE 'a note is written on what waits for an answer'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_reviewnote_of_what_waits';
  END IF;
  NEW.turn := r.returns + 1;
  RETURN NEW;
END $$;

-- What a report says of milestones changes while it is written, and is about those of its own project.
CREATE OR REPLACE FUNCTION tasks_keep_progress_milestone() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE r record;
BEGIN
  IF TG_OP = 'DELETE' AND tasks_report_is_demo(OLD.report_id) THEN RETURN OLD; END IF;
  FOR r IN SELECT * FROM tasks_progressreport WHERE id IN (OLD.report_id, NEW.report_id) ORDER BY id FOR UPDATE LOOP
    IF tasks_period_is_locked(r.period_id) THEN
      RAISE 'the period is locked' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_progressmilestone_period_is_open';
    END IF;
    IF r.state NOT IN ('draft', 'complete', 'returned') THEN
      RAISE 'what was reported stays as it is' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_progressmilestone_is_frozen';
    END IF;
    IF TG_OP <> 'DELETE' AND r.id = NEW.report_id
       AND NOT EXISTS (SELECT FROM districts_milestone WHERE id = NEW.milestone_id AND project_id = r.project_id) THEN
      RAISE 'a report tells of the milestones of its own project'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_progressmilestone_of_its_project';
    END IF;
  END LOOP;
  RETURN coalesce(NEW, OLD);
END $$;
