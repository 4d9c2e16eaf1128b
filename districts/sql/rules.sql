-- Rules over several rows of projects. Each refuses with the name of its rule, as a constraint would.

-- Live shares of a project are at most 100 in sum. The project's row is the lock: two writers cannot both fit.
CREATE FUNCTION districts_check_shares() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.share IS NULL OR NEW.until IS NOT NULL THEN RETURN NEW; END IF;
  PERFORM FROM districts_project WHERE id = NEW.project_id FOR UPDATE;
  IF (SELECT coalesce(sum(share), 0) FROM districts_projectparty
       WHERE project_id = NEW.project_id AND until IS NULL AND id <> NEW.id) + NEW.share > 100 THEN
    RAISE 'the shares of a project are more than 100 in sum'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'districts_projectparty_shares_at_most_100';
  END IF;
  RETURN NEW;
END $$;

-- At commit: the status of a project is the one its last stage change recorded. Argument: the column with the project's id.
CREATE FUNCTION districts_check_stage() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE project record; recorded text;
BEGIN
  SELECT * INTO project FROM districts_project WHERE id = (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
  IF NOT FOUND THEN RETURN NULL; END IF;
  SELECT to_status INTO recorded FROM districts_stagechange WHERE project_id = project.id ORDER BY id DESC LIMIT 1;
  IF recorded IS DISTINCT FROM project.status THEN
    RAISE 'project % is % but its last recorded stage is %', project.public_id, project.status, coalesce(recorded, 'none')
      USING ERRCODE = 'check_violation', CONSTRAINT = 'districts_project_stage_recorded';
  END IF;
  RETURN NULL;
END $$;

-- A stage change goes on from where the one before ended, by an allowed move. Arguments: table of moves; first stages.
CREATE FUNCTION districts_chain_stage() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE before text;
BEGIN
  PERFORM FROM districts_project WHERE id = NEW.project_id FOR UPDATE;
  SELECT to_status INTO before FROM districts_stagechange WHERE project_id = NEW.project_id ORDER BY id DESC LIMIT 1;
  IF coalesce(before, '') <> NEW.from_status THEN
    RAISE 'the stage before was %, not %', coalesce(before, 'none'), NEW.from_status
      USING ERRCODE = 'check_violation', CONSTRAINT = 'districts_stagechange_follows';
  END IF;
  IF NOT coalesce((CASE WHEN before IS NULL THEN TG_ARGV[1]::jsonb ELSE TG_ARGV[0]::jsonb -> before END) ? NEW.to_status, false) THEN
    RAISE 'a project cannot go from % to %', coalesce(before, 'nothing'), NEW.to_status
      USING ERRCODE = 'check_violation', CONSTRAINT = 'districts_stagechange_move';
  END IF;
  RETURN NEW;
END $$;

-- At commit: a milestone's forecast moved only together with a recorded move to that date.
CREATE FUNCTION districts_check_forecast() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE m record; last record;
BEGIN
  SELECT * INTO m FROM districts_milestone WHERE id = NEW.id;
  IF NOT FOUND THEN RETURN NULL; END IF;
  SELECT * INTO last FROM districts_milestonemove WHERE milestone_id = NEW.id ORDER BY id DESC LIMIT 1;
  IF (OLD.forecast_day, OLD.forecast_precision) IS DISTINCT FROM (m.forecast_day, m.forecast_precision)
     AND (last.new_day, last.new_precision) IS DISTINCT FROM (m.forecast_day, m.forecast_precision) THEN
    RAISE 'the forecast of milestone % moved without its move', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'districts_milestone_forecast_moved';
  END IF;
  RETURN NULL;
END $$;
