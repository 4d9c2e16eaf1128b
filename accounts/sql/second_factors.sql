-- How many second factors a person has. The sign-in library keeps them in a table of its own; the register of people
-- counts them, whoever adds or removes one and by whatever door: the ledger sees it, and a gate asks without a query.
-- Recovery codes are none: they only stand in for one.
CREATE FUNCTION accounts_count_second_factors() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.second_factors := (SELECT count(*) FROM mfa_authenticator a WHERE a.user_id = NEW.id AND a.type <> 'recovery_codes');
  RETURN NEW;
END $$;

CREATE FUNCTION accounts_recount_second_factors() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE accounts_user SET second_factors = second_factors WHERE id IN (OLD.user_id, NEW.user_id);
  RETURN NULL;
END $$;

CREATE TRIGGER accounts_recount AFTER INSERT OR UPDATE OF user_id, type OR DELETE ON mfa_authenticator
FOR EACH ROW EXECUTE FUNCTION accounts_recount_second_factors();
ALTER TABLE mfa_authenticator ENABLE ALWAYS TRIGGER accounts_recount;
