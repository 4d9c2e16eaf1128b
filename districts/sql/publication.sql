-- Who had made ready what is being published is taken from the row itself, not from what is sent: the rule that two
-- persons publish (districts_publication_two_persons) compares the real ones.
CREATE OR REPLACE FUNCTION districts_keep_publication() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.prepared_by_id := NULL;
  ELSIF NEW.published_at IS DISTINCT FROM OLD.published_at
     OR NEW.published_by_id IS DISTINCT FROM OLD.published_by_id THEN
    NEW.prepared_by_id := OLD.ready_by_id;
  ELSE
    NEW.prepared_by_id := OLD.prepared_by_id;
  END IF;
  RETURN NEW;
END $$;
