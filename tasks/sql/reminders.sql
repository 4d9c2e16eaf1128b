-- Reminders: who gets what on which day, planned in the transaction of the change, whatever door it came through. Of progress
-- reports that are owed: duty_reminders.sql. A migration that changes what is here runs the file again.

-- The day on which a change is made: as the service names it (core.ledger.acting), else the calendar of Almaty.
CREATE OR REPLACE FUNCTION tasks_today() RETURNS date LANGUAGE sql STABLE AS $$
  SELECT coalesce(nullif(current_setting('ledger.today', true), '')::date, (now() AT TIME ZONE 'Asia/Almaty')::date)
$$;

-- The last day on which a person may come in, as `User.has_access` and `UserQuerySet.with_access` say it: none of a closed account.
CREATE OR REPLACE FUNCTION tasks_last_day(is_active boolean, valid_until date) RETURNS date LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN is_active THEN coalesce(valid_until, 'infinity') ELSE '-infinity' END
$$;

-- Brings the reminders of these instructions (NULL: of all on which something is to be handed in) into step with the rules, the
-- people, the calendar and the terms. Days up to today are over: nothing is planned for them, and what waits for them
-- is not dropped. Returns how many are new or moved.
-- Whose term of access ends is reminded until then (`until`), and whoever stands in for him of the days after it (`after`):
-- on the first of them it would be too late to plan that day.
-- One statement for one as for a hundred thousand: the days are counted once for each term and rule, not once a row.
-- What somebody changes at this moment is passed over: his transaction plans it. The way is chosen anew at each call, and for
-- all by hashes alone, never row by row: the planner does not see how many days come of the rules.
CREATE OR REPLACE FUNCTION tasks_plan_reminders(these bigint[], today date, ahead integer) RETURNS integer LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = 'force_custom_plan'
SET enable_nestloop = 'on' SET enable_mergejoin = 'on' AS $$
DECLARE planned integer;
BEGIN
  IF these IS NULL THEN
    PERFORM pg_advisory_xact_lock(hashtext('tasks_plan_reminders'));   -- one run after the other
    PERFORM set_config('enable_nestloop', 'off', true), set_config('enable_mergejoin', 'off', true);
  END IF;
  WITH chosen AS MATERIALIZED (
    SELECT i.id, i.due, i.controller_id, i.issuer_id FROM tasks_instruction i
     WHERE i.state IN ('on_control', 'in_execution', 'returned') AND (these IS NULL OR i.id = ANY (these))
       FOR KEY SHARE SKIP LOCKED
  ), people AS MATERIALIZED (
    SELECT u.id, u.organisation_id AS body, u.role, u.role = 'leadership' OR u.may_sign AS signs,
           tasks_last_day(u.is_active, u.valid_until) AS until
      FROM accounts_user u WHERE tasks_last_day(u.is_active, u.valid_until) >= today AND u.role <> 'auditor'
  ), last AS MATERIALIZED (                      -- of a body: until when somebody signs, and until when somebody else prepares
    SELECT body, signs, max(until) AS until FROM people WHERE body IS NOT NULL GROUP BY body, signs
  ), inside AS MATERIALIZED (                    -- of a body: who prepares and who signs; where nobody prepares, who signs does both
    SELECT body, id, CASE WHEN signs THEN 'signers' ELSE 'preparers' END AS part, date '-infinity' AS after, until FROM people
    UNION ALL
    SELECT p.body, p.id, 'preparers', coalesce(o.until, '-infinity'), p.until
      FROM people p LEFT JOIN last o ON o.body = p.body AND NOT o.signs
     WHERE p.signs AND p.until > coalesce(o.until, '-infinity')
  ), rules AS MATERIALIZED (
    SELECT id, recipients AS part, "offset" FROM tasks_reminderrule WHERE is_active AND concerns = 'instruction'
  ), concerned (instruction, part, occurrence, person, after, until) AS MATERIALIZED (
    SELECT c.id, s.part, c.due, s.id, s.after, s.until
      FROM chosen c JOIN tasks_executor e ON e.instruction_id = c.id AND e.role = 'lead' AND e.released_on IS NULL AND e.refused_on IS NULL
      JOIN inside s ON s.body = e.organisation_id
    UNION ALL
    SELECT c.id, 'co', coalesce(e.internal_due, c.due), p.id, '-infinity', p.until
      FROM chosen c JOIN tasks_executor e ON e.instruction_id = c.id AND e.role = 'co' AND e.released_on IS NULL AND e.refused_on IS NULL
      JOIN people p ON p.body = e.organisation_id
     WHERE NOT EXISTS (SELECT FROM tasks_contribution t WHERE t.executor_id = e.id)
    UNION ALL
    SELECT c.id, 'controller', c.due, p.id, '-infinity', p.until FROM chosen c JOIN people p ON p.id = c.controller_id
    UNION ALL
    SELECT c.id, 'controller', c.due, p.id, coalesce(o.until, '-infinity'), p.until
      FROM chosen c LEFT JOIN people o ON o.id = c.controller_id JOIN people p ON p.role = 'office'
     WHERE o.until IS DISTINCT FROM 'infinity' AND p.until > coalesce(o.until, '-infinity')
    UNION ALL
    SELECT c.id, 'issuer', c.due, s.id, s.after, s.until FROM chosen c JOIN inside s ON s.body = c.issuer_id AND s.part = 'signers'
     WHERE EXISTS (SELECT FROM rules WHERE part = 'issuer')
    UNION ALL
    SELECT c.id, 'issuer', c.due, p.id, coalesce(o.until, '-infinity'), p.until
      FROM chosen c LEFT JOIN last o ON o.body = c.issuer_id AND o.signs JOIN people p ON p.role = 'leadership'
     WHERE EXISTS (SELECT FROM rules WHERE part = 'issuer')
       AND o.until IS DISTINCT FROM 'infinity' AND p.until > coalesce(o.until, '-infinity')
  ), days AS MATERIALIZED (                      -- a term on a day off is called its day on the last working day before it
    SELECT t.occurrence, r.id AS rule, r.part,
           CASE WHEN r."offset" = 0 AND NOT core_is_working_day(t.occurrence) THEN core_add_working_days(t.occurrence, -1)
                ELSE core_add_working_days(t.occurrence, r."offset") END AS day
      FROM (SELECT DISTINCT occurrence FROM concerned) t CROSS JOIN rules r
  ), own AS MATERIALIZED (
    SELECT c.instruction, d.rule, c.occurrence, c.person, d.day
      FROM concerned c JOIN days d ON d.occurrence = c.occurrence AND d.part = c.part
     WHERE d.day <= today + ahead AND d.day > c.after AND d.day <= c.until
  ), wanted AS MATERIALIZED (
    SELECT * FROM own
    UNION ALL                                    -- and who acts for him on that day, unless it is his business anyway
    SELECT DISTINCT o.instruction, o.rule, o.occurrence, s.substitute_id, o.day
      FROM own o JOIN accounts_substitution s ON s.person_id = o.person AND s.during @> o.day
      JOIN people p ON p.id = s.substitute_id AND p.until >= o.day
     WHERE NOT EXISTS (SELECT FROM own t WHERE (t.instruction, t.rule, t.occurrence, t.person) = (o.instruction, o.rule, o.occurrence, s.substitute_id))
  ), dropped AS (
    UPDATE tasks_reminder m SET cancelled_at = now(), cancelled_because = CASE
             WHEN g.state = 'executed' THEN 'executed' WHEN g.state = 'cancelled' THEN 'cancelled'
             WHEN g.state = 'reported' THEN 'handed_in' WHEN NOT g.is_active THEN 'rule'
             WHEN g.stays THEN 'term_moved' ELSE 'others' END
      FROM (SELECT t.id, i.state, r.is_active, c.instruction IS NOT NULL AS stays
              FROM tasks_reminder t JOIN tasks_instruction i ON i.id = t.instruction_id JOIN tasks_reminderrule r ON r.id = t.rule_id
              LEFT JOIN concerned c ON c.instruction = t.instruction_id AND c.part = r.recipients AND c.person = t.recipient_id
               AND t.planned_for > c.after AND t.planned_for <= c.until
             WHERE t.sent_at IS NULL AND t.cancelled_at IS NULL
               AND (t.instruction_id = ANY (these) OR these IS NULL AND t.instruction_id IN (SELECT id FROM chosen))
               AND NOT EXISTS (SELECT FROM wanted w WHERE w.instruction = t.instruction_id AND w.rule = t.rule_id
                                  AND w.occurrence = t.occurrence AND w.person = t.recipient_id)) g
     WHERE m.id = g.id AND m.sent_at IS NULL AND m.cancelled_at IS NULL
  )
  INSERT INTO tasks_reminder AS m (instruction_id, rule_id, occurrence, recipient_id, planned_for, cancelled_because)
  SELECT w.instruction, w.rule, w.occurrence, w.person, w.day, ''
    FROM wanted w LEFT JOIN tasks_reminder t
      ON t.instruction_id = w.instruction AND t.rule_id = w.rule AND t.occurrence = w.occurrence AND t.recipient_id = w.person
   WHERE CASE WHEN t.id IS NULL OR t.cancelled_at IS NOT NULL THEN w.day > today AND w.day <= today + ahead
              ELSE t.sent_at IS NULL AND t.planned_for <> w.day END
  ON CONFLICT (instruction_id, rule_id, occurrence, recipient_id)
  DO UPDATE SET planned_for = excluded.planned_for, cancelled_at = NULL, cancelled_because = '' WHERE m.sent_at IS NULL;
  GET DIAGNOSTICS planned = ROW_COUNT;
  RETURN planned;
END $$;

-- After each change that matters to a term: its reminders are planned, and what is overdue no more, or by another term,
-- is carried up no longer. Arguments: how many days ahead; the column with the instruction, none of a contribution.
CREATE OR REPLACE FUNCTION tasks_plan() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE keys bigint[];
BEGIN
  IF TG_NARGS = 1 THEN
    SELECT array_agg(instruction_id) INTO keys FROM tasks_executor WHERE id = NEW.executor_id;
  ELSE
    keys := ARRAY[(to_jsonb(NEW) ->> TG_ARGV[1])::bigint, (to_jsonb(OLD) ->> TG_ARGV[1])::bigint];
  END IF;
  IF TG_TABLE_NAME = 'tasks_instruction' THEN
    IF (OLD.state, OLD.due, OLD.controller_id, OLD.issuer_id) IS NOT DISTINCT FROM (NEW.state, NEW.due, NEW.controller_id, NEW.issuer_id) THEN
      RETURN NULL;
    END IF;
    UPDATE tasks_escalation e SET closed_at = now(), closed_because = CASE NEW.state
             WHEN 'executed' THEN 'executed' WHEN 'cancelled' THEN 'cancelled' WHEN 'reported' THEN 'handed_in' ELSE 'term_moved' END
     WHERE e.instruction_id = NEW.id AND e.closed_at IS NULL
       AND (NEW.state NOT IN ('on_control', 'in_execution', 'returned') OR e.due IS DISTINCT FROM NEW.due);
  END IF;
  IF EXISTS (SELECT FROM tasks_instruction WHERE id = ANY (keys) AND state IN ('on_control', 'in_execution', 'returned'))
     OR EXISTS (SELECT FROM tasks_reminder WHERE instruction_id = ANY (keys) AND sent_at IS NULL AND cancelled_at IS NULL) THEN
    PERFORM tasks_plan_reminders(keys, tasks_today(), TG_ARGV[0]::integer);
  END IF;
  RETURN NULL;
END $$;

-- After each change of the rules: reminders of all follow. Argument: how many days ahead.
CREATE OR REPLACE FUNCTION tasks_plan_all() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM tasks_plan_reminders(NULL, tasks_today(), TG_ARGV[0]::integer);
  PERFORM tasks_plan_duty_reminders(NULL, NULL, tasks_today(), TG_ARGV[0]::integer);
  RETURN NULL;
END $$;

-- An escalation stays as the trace of its term: acknowledged once, while it is open. It may be opened again for the same term.
CREATE OR REPLACE FUNCTION tasks_keep_escalation() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF NOT tasks_is_demo(OLD.instruction_id) THEN
      RAISE 'an escalation is kept' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_escalation_kept';
    END IF;
    RETURN OLD;
  END IF;
  IF (OLD.instruction_id, OLD.level, OLD.due) IS DISTINCT FROM (NEW.instruction_id, NEW.level, NEW.due) THEN
    RAISE 'an escalation stays that of its term' USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_escalation_of_its_term';
  END IF;
  IF (OLD.acknowledged_at, OLD.acknowledged_by_id, OLD.acknowledged_for_id, OLD.note)
       IS DISTINCT FROM (NEW.acknowledged_at, NEW.acknowledged_by_id, NEW.acknowledged_for_id, NEW.note)
     AND (OLD.closed_at IS NULL AND OLD.acknowledged_at IS NOT NULL
          OR OLD.closed_at IS NOT NULL AND (NEW.acknowledged_at IS NOT NULL OR NEW.closed_at IS NOT NULL)) THEN
    RAISE 'an escalation is acknowledged once, while it is open'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tasks_escalation_acknowledged_while_open';
  END IF;
  RETURN NEW;
END $$;
