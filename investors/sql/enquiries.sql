-- What an enquiry was when it was made stays: its number, its hour, what was promised, and what was consented to.

-- The hour of a consent is that of the database; its words and its language stay, and it is withdrawn once.
CREATE OR REPLACE FUNCTION investors_keep_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.given_at := now();
    RETURN NEW;
  END IF;
  IF (NEW.text_id, NEW.language, NEW.given_at) IS DISTINCT FROM (OLD.text_id, OLD.language, OLD.given_at)
     OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at) THEN
    RAISE 'a consent stays as it was given' USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_kept';
  END IF;
  RETURN NEW;
END $$;

-- Words that somebody consented to are not written over: other words are another version.
CREATE OR REPLACE FUNCTION investors_keep_consent_text() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.purpose, NEW.number, NEW.text_kk, NEW.text_ru, NEW.text_en)
       IS DISTINCT FROM (OLD.purpose, OLD.number, OLD.text_kk, OLD.text_ru, OLD.text_en)
     AND EXISTS (SELECT FROM investors_consentrecord WHERE text_id = OLD.id) THEN
    RAISE 'somebody consented to these words' USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_kept';
  END IF;
  RETURN NEW;
END $$;

-- An invented enquiry (is_demo) may be of any hour; a real one is of the hour at which it came.
CREATE OR REPLACE FUNCTION investors_keep_enquiry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT NEW.is_demo THEN NEW.submitted_at := now(); END IF;
    RETURN NEW;
  END IF;
  IF (NEW.receipt, NEW.client_uuid, NEW.consent_id, NEW.submitted_at, NEW.promised_on, NEW.is_demo)
       IS DISTINCT FROM
     (OLD.receipt, OLD.client_uuid, OLD.consent_id, OLD.submitted_at, OLD.promised_on, OLD.is_demo) THEN
    RAISE 'the number, the hour, the promise and the consent of an enquiry stay'
      USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_kept';
  END IF;
  RETURN NEW;
END $$;
