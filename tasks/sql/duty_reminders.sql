-- Reminders of progress reports that are owed, beside those of instructions (reminders.sql) and in the same way.

-- Brings the reminders of these periods and projects (NULL: of all) into step with the rules, the people, the calendar, the
-- duties and the reports. Owed is the report of a period that is not locked, by whoever owes it last in it, until it is
-- submitted; one that came back is owed again. Days up to today are over, as of instructions. Returns how many are new or moved.
-- What somebody changes or sends at this moment is passed over: his transaction plans it, and the sender asks again.
CREATE OR REPLACE FUNCTION tasks_plan_duty_reminders(periods bigint[], projects bigint[], today date, ahead integer) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = 'force_custom_plan'
SET enable_nestloop = 'on' SET enable_mergejoin = 'on' AS $$
DECLARE planned integer;
BEGIN
  IF projects IS NULL THEN                       -- of many by hashes alone: the planner does not see how many they are
    PERFORM set_config('enable_nestloop', 'off', true), set_config('enable_mergejoin', 'off', true);
  END IF;
  WITH owing AS MATERIALIZED (                   -- of each project and period: whose turn it is, and whether something is left to do
    SELECT DISTINCT ON (d.project_id, p.id) d.id AS duty, p.id AS period, d.organisation_id AS body, p.due_on AS due,
           p.locked_at IS NOT NULL AS locked,
           EXISTS (SELECT FROM tasks_progressreport r WHERE r.project_id = d.project_id AND r.period_id = p.id
                      AND r.state IN ('submitted', 'accepted')) AS submitted
      FROM tasks_reportingperiod p
      JOIN tasks_reportingduty d ON d.kind = p.kind AND daterange(d.since, d.until, '[]') && daterange(p.starts, p.ends, '[]')
     WHERE (periods IS NULL AND p.locked_at IS NULL OR p.id = ANY (periods)) AND (projects IS NULL OR d.project_id = ANY (projects))
     ORDER BY d.project_id, p.id, d.since DESC, d.id DESC
  ), chosen AS MATERIALIZED (
    SELECT duty, period, body, due FROM owing WHERE NOT locked AND NOT submitted
  ), people AS NOT MATERIALIZED (
    SELECT u.id, u.organisation_id AS body, u.role, u.may_sign AS signs, tasks_last_day(u.is_active, u.valid_until) AS until
      FROM accounts_user u WHERE tasks_last_day(u.is_active, u.valid_until) >= today AND u.role <> 'auditor'
  ), own_people AS MATERIALIZED (
    SELECT * FROM people WHERE role IN ('executor', 'investor') AND body IN (SELECT body FROM chosen)
  ), last AS MATERIALIZED (                      -- of a body: until when somebody prepares who does not sign
    SELECT body, max(until) AS until FROM own_people WHERE NOT signs GROUP BY body
  ), inside AS MATERIALIZED (                    -- of a body: who prepares and who signs; where nobody prepares, who signs does both
    SELECT body, id, CASE WHEN signs THEN 'signers' ELSE 'preparers' END AS part, date '-infinity' AS after, until FROM own_people
    UNION ALL
    SELECT p.body, p.id, 'preparers', coalesce(o.until, '-infinity'), p.until FROM own_people p LEFT JOIN last o ON o.body = p.body
     WHERE p.signs AND p.until > coalesce(o.until, '-infinity')
  ), rules AS MATERIALIZED (
    SELECT id, recipients AS part, "offset" FROM tasks_reminderrule WHERE is_active AND concerns = 'duty'
  ), concerned AS MATERIALIZED (
    SELECT c.duty, c.period, c.due, s.part, s.id AS person, s.after, s.until FROM chosen c JOIN inside s ON s.body = c.body
    UNION ALL
    SELECT c.duty, c.period, c.due, 'controller', p.id, '-infinity', p.until FROM chosen c JOIN people p ON p.role = 'office'
  ), days AS MATERIALIZED (                      -- a term on a day off is called its day on the last working day before it
    SELECT t.due, r.id AS rule, r.part,
           CASE WHEN r."offset" = 0 AND NOT core_is_working_day(t.due) THEN core_add_working_days(t.due, -1)
                ELSE core_add_working_days(t.due, r."offset") END AS day
      FROM (SELECT DISTINCT due FROM chosen) t CROSS JOIN rules r
  ), own AS MATERIALIZED (
    SELECT c.duty, c.period, d.rule, c.due, c.person, d.day
      FROM concerned c JOIN days d ON d.due = c.due AND d.part = c.part
     WHERE d.day <= today + ahead AND d.day > c.after AND d.day <= c.until
  ), wanted AS MATERIALIZED (
    SELECT * FROM own
    UNION ALL                                    -- and who acts for him on that day, unless it is his business anyway
    SELECT DISTINCT o.duty, o.period, o.rule, o.due, s.substitute_id, o.day
      FROM own o JOIN accounts_substitution s ON s.person_id = o.person AND s.during @> o.day
      JOIN people p ON p.id = s.substitute_id AND p.until >= o.day
     WHERE NOT EXISTS (SELECT FROM own t
                        WHERE (t.duty, t.period, t.rule, t.due, t.person) = (o.duty, o.period, o.rule, o.due, s.substitute_id))
  ), useless AS MATERIALIZED (
    SELECT t.id, CASE WHEN g.duty IS NULL THEN 'ended' WHEN g.submitted THEN 'submitted' WHEN g.locked THEN 'locked'
                      WHEN NOT r.is_active OR r.concerns <> 'duty' THEN 'rule' WHEN c.duty IS NOT NULL THEN 'term_moved' ELSE 'others' END AS why
      FROM tasks_reminder t JOIN tasks_reminderrule r ON r.id = t.rule_id JOIN tasks_reportingduty d ON d.id = t.duty_id
      LEFT JOIN owing g ON g.duty = t.duty_id AND g.period = t.period_id
      LEFT JOIN concerned c ON c.duty = t.duty_id AND c.period = t.period_id AND c.part = r.recipients AND c.person = t.recipient_id
       AND t.planned_for > c.after AND t.planned_for <= c.until
     WHERE t.sent_at IS NULL AND t.cancelled_at IS NULL
       AND (periods IS NULL OR t.period_id = ANY (periods)) AND (projects IS NULL OR d.project_id = ANY (projects))
       AND NOT EXISTS (SELECT FROM wanted w WHERE w.duty = t.duty_id AND w.period = t.period_id AND w.rule = t.rule_id
                          AND w.due = t.occurrence AND w.person = t.recipient_id)
       FOR UPDATE OF t SKIP LOCKED
  ), dropped AS (
    UPDATE tasks_reminder m SET cancelled_at = now(), cancelled_because = u.why FROM useless u WHERE m.id = u.id
  ), free AS MATERIALIZED (
    SELECT id FROM tasks_reportingduty WHERE id IN (SELECT duty FROM chosen) FOR KEY SHARE SKIP LOCKED
  )
  INSERT INTO tasks_reminder AS m (duty_id, period_id, rule_id, occurrence, recipient_id, planned_for, cancelled_because)
  SELECT w.duty, w.period, w.rule, w.due, w.person, w.day, ''
    FROM wanted w JOIN free f ON f.id = w.duty LEFT JOIN tasks_reminder t
      ON t.duty_id = w.duty AND t.period_id = w.period AND t.rule_id = w.rule AND t.occurrence = w.due AND t.recipient_id = w.person
   WHERE CASE WHEN t.id IS NULL OR t.cancelled_at IS NOT NULL THEN w.day > today AND w.day <= today + ahead
              ELSE t.sent_at IS NULL AND t.planned_for <> w.day END
   ORDER BY w.duty, w.period, w.rule, w.due, w.person
  ON CONFLICT (duty_id, period_id, rule_id, occurrence, recipient_id)
  DO UPDATE SET planned_for = excluded.planned_for, cancelled_at = NULL, cancelled_because = '' WHERE m.sent_at IS NULL;
  GET DIAGNOSTICS planned = ROW_COUNT;
  RETURN planned;
END $$;

-- After each change of a duty, of the term or the lock of a period, and of a report that is handed in or comes back.
-- Argument: how many days ahead.
CREATE OR REPLACE FUNCTION tasks_plan_duties() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE ahead integer := TG_ARGV[0]::integer;
BEGIN
  IF TG_TABLE_NAME = 'tasks_reportingduty' THEN
    PERFORM tasks_plan_duty_reminders(NULL, ARRAY[OLD.project_id, NEW.project_id], tasks_today(), ahead);
  ELSIF TG_TABLE_NAME = 'tasks_reportingperiod' THEN
    IF TG_OP = 'INSERT' OR (OLD.due_on, OLD.locked_at) IS DISTINCT FROM (NEW.due_on, NEW.locked_at) THEN
      PERFORM tasks_plan_duty_reminders(ARRAY[NEW.id], NULL, tasks_today(), ahead);
    END IF;
  ELSIF (NEW.state = 'submitted') <> (OLD.state = 'submitted') THEN
    PERFORM tasks_plan_duty_reminders(ARRAY[NEW.period_id], ARRAY[NEW.project_id], tasks_today(), ahead);
  END IF;
  RETURN NULL;
END $$;
