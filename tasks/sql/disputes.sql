-- Disputes of figures: what the database sees to.

-- A dispute is in the unit of what it contests; once filed nothing but its state and the decision changes, and it is kept.
-- The instant of a decision is that of the database. What is invented for trying out may be taken out.
CREATE FUNCTION tasks_keep_dispute() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE f record; free text[] := ARRAY['state', 'updated_at', 'version', 'public_id', 'decided_by_id', 'decided_at', 'decision_note', 'recorded_id'];
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF NOT EXISTS (SELECT FROM districts_figure WHERE id = OLD.figure_id AND districts_is_demo(project_id)) THEN
      RAISE 'a dispute of a figure is kept' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_figuredispute_kept';
    END IF;
    RETURN OLD;
  END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT * INTO f FROM districts_figure WHERE id = NEW.figure_id;
    IF FOUND AND (f.unit, f.currency) IS DISTINCT FROM (NEW.unit, NEW.currency) THEN
      RAISE 'a figure is contested in its own unit' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_figuredispute_same_unit';
    END IF;
    RETURN NEW;
  END IF;
  IF to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free OR OLD.state <> 'open' AND NEW.state = OLD.state THEN
    RAISE 'what was said against a figure stays as it was' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_figuredispute_is_frozen';
  END IF;
  IF NEW.state IN ('upheld', 'rejected') THEN NEW.decided_at := now(); END IF;
  RETURN NEW;
END $$;
