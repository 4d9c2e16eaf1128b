-- Whoever's account is closed is out, by whatever door it was closed: his sessions are void, the tokens that act for him
-- are revoked, and neither comes back when the account is opened again.
CREATE FUNCTION accounts_leave() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.is_active AND NOT NEW.is_active THEN
    NEW.signed_out_at := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION accounts_left() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.is_active AND NOT NEW.is_active THEN
    DELETE FROM accounts_session WHERE user_id = NEW.id;
    UPDATE accounts_apiclient SET is_active = false, old_token_hash = NULL, old_token_until = NULL
     WHERE owner_id = NEW.id AND is_active;
  END IF;
  RETURN NULL;
END $$;
