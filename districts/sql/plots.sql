-- Rules of plots. Each refuses with the name of its rule, as a constraint would.

-- A plot has an area: points and lines are none.
CREATE OR REPLACE FUNCTION districts_is_area(geometry jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT geometry IS NULL OR geometry = 'null'                               -- Django asks about its None as a JSON null
      OR coalesce(geometry ->> 'type' IN ('Polygon', 'MultiPolygon'), false)
$$;

-- This column is written once. Argument: the column.
CREATE OR REPLACE FUNCTION districts_keep_column() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF to_jsonb(NEW) -> TG_ARGV[0] IS DISTINCT FROM to_jsonb(OLD) -> TG_ARGV[0] THEN
    RAISE '%.% does not change', TG_TABLE_NAME, TG_ARGV[0]
      USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_' || TG_ARGV[0] || '_for_ever';
  END IF;
  RETURN NEW;
END $$;

-- What is invented is held for what is invented only, and what is real for what is real.
CREATE OR REPLACE FUNCTION districts_check_allocation() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE invented boolean := (SELECT is_demo FROM districts_landplot WHERE id = NEW.plot_id);
BEGIN
  IF (NEW.project_id IS NOT NULL AND districts_is_demo(NEW.project_id) <> invented)
     OR (invented AND NEW.organisation_id IS NOT NULL) THEN
    RAISE 'what is invented and what is real stay apart'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'districts_plotallocation_demo_apart';
  END IF;
  RETURN NEW;
END $$;
