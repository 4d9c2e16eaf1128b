-- Rules of opportunities. Each refuses with the name of its rule, as a constraint would.

-- A plot of an opportunity lies in its district (neither's district changes), and is invented where it is.
CREATE OR REPLACE FUNCTION investors_check_plot() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE opportunity record; plot record;
BEGIN
  SELECT district_id, is_demo INTO opportunity FROM investors_opportunity WHERE id = NEW.opportunity_id;
  SELECT district_id, is_demo INTO plot FROM districts_landplot WHERE id = NEW.plot_id;
  IF opportunity.district_id <> plot.district_id THEN
    RAISE 'the plot lies in another district than the opportunity'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'investors_opportunityplot_in_its_district';
  END IF;
  IF opportunity.is_demo <> plot.is_demo THEN
    RAISE 'what is invented and what is real stay apart'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'investors_opportunityplot_demo_apart';
  END IF;
  RETURN NEW;
END $$;
