-- A hundred thousand invented instructions with what belongs to them, by sets (benchmarks/volume.py).
-- %(number)s: how many; %(office)s, %(leadership)s: who acted; %(issuer)s: who gave them.

CREATE TEMP TABLE bodies AS SELECT row_number() OVER (ORDER BY id) - 1 AS place, id FROM accounts_organisation;

CREATE TEMP TABLE made AS
  SELECT n, nextval(pg_get_serial_sequence('tasks_instruction', 'id')) AS id, (ARRAY['registered', 'registered', 'on_control', 'on_control', 'on_control', 'in_execution', 'in_execution',
  'in_execution', 'in_execution', 'in_execution', 'in_execution', 'reported', 'reported', 'returned', 'executed',
  'executed', 'executed', 'executed', 'executed', 'cancelled'])[mod(n * 13, 20) + 1] AS state,
         (ARRAY['Құрылыс алаңын қоршау', 'Су құбырын ауыстыру', 'Жол таңбаларын жаңарту', 'Мектеп құрылысын аяқтау',
  'Көшеттер отырғызу', 'Жер учаскесін рәсімдеу', 'Электр желісін қосу', 'Тұрақ орындарын белгілеу', 'Есеп ұсыну',
  'Инвестормен кездесу өткізу', 'Жобаны сараптамаға беру', 'Арықтарды тазалау'])[mod(n, 12) + 1] || ' № ' || n AS text,
         CASE WHEN mod(n * 13, 20) = 0 THEN NULL ELSE today.day + (mod(n * 7919, 400) - 130) END AS first,
         mod(n, 10) = 3 AS moved, today.day
  FROM generate_series(1, %(number)s) AS n, (SELECT (now() AT TIME ZONE 'Asia/Almaty')::date AS day) AS today;

INSERT INTO tasks_instruction (id, text_kk, text_ru, text_en, expected_result_kk, expected_result_ru, expected_result_en,
    number, state, due, original_due, issuer_id, controller_id, issued_day, issued_precision, is_demo, visibility,
    cancelled_reason, executed_on, removal_proposed_by_id, removal_proposed_at, removed_by_id,
    basis_kk, basis_ru, basis_en, evidence_kind, control_kind, recurrence, confidence, issued_text, issued_basis_kk,
    issued_basis_ru, issued_basis_en, term_note_kk, term_note_ru, term_note_en, later_kk, later_ru, later_en,
    passed_over, passed_reason, stale)
  SELECT id, text, 'Поручение № ' || n, '', 'Қабылдау актісі', '', '', 'Б-' || n, state,
         first + CASE WHEN moved AND state <> 'registered' THEN 30 ELSE 0 END, first, %(issuer)s,
         CASE WHEN state <> 'registered' THEN %(office)s END, day - mod(n, 900), 'day', true, 'internal',
         CASE state WHEN 'cancelled' THEN 'Қайталанған' ELSE '' END, CASE state WHEN 'executed' THEN day - mod(n, 60) END,
         CASE WHEN state = 'executed' OR state = 'reported' AND mod(n, 2) = 0 THEN %(office)s END,
         CASE WHEN state = 'executed' OR state = 'reported' AND mod(n, 2) = 0 THEN now() END,
         CASE state WHEN 'executed' THEN %(leadership)s END,
         '', '', '', '', 'ordinary', '', '', '', '', '', '', '', '', '', '', '', '', '[]', '', '{}'
  FROM made;

INSERT INTO tasks_executor (instruction_id, organisation_id, role, internal_due, assigned_on, accepted_on, refused_on,
    refused_reason, basis_kk, basis_ru, basis_en, group_kk, group_ru, group_en, role_basis_kk, role_basis_ru, role_basis_en,
    stale)
  SELECT m.id, b.id, r.role, CASE r.role WHEN 'co' THEN m.first - 10 END,
         CASE WHEN m.state <> 'registered' THEN m.day - 20 END,
         CASE WHEN m.state NOT IN ('registered', 'on_control') THEN m.day - 19 END,
         CASE WHEN m.state = 'on_control' AND mod(n, 40) = 14 AND role = 'lead' THEN m.day - 18 END,
         CASE WHEN m.state = 'on_control' AND mod(n, 40) = 14 AND role = 'lead' THEN 'Біздің құзыретіміз емес' ELSE '' END,
         '', '', '', '', '', '', '', '', '', '{}'
  FROM made m, (VALUES ('lead', 0), ('co', 1)) AS r (role, place), bodies b
  WHERE b.place = mod(m.n + r.place * 7, (SELECT count(*) FROM bodies)) AND (r.role = 'lead' OR mod(m.n, 3) = 0);

INSERT INTO tasks_extension (instruction_id, organisation_id, asked_on, old_due, new_due, reason, state, granted_due,
    decided_by_id, decided_on, refusal_reason, correction_reason)
  SELECT m.id, e.organisation_id, m.first - 1, m.first, m.first + 30, 'Жабдық кешікті', 'granted', m.first + 30,
         %(leadership)s, m.first, '', ''
  FROM made m JOIN tasks_executor e ON e.instruction_id = m.id AND e.role = 'lead'
  WHERE m.moved AND m.state <> 'registered' AND m.first IS NOT NULL;

INSERT INTO tasks_extension (instruction_id, organisation_id, asked_on, old_due, new_due, reason, state, refusal_reason,
    correction_reason)
  SELECT m.id, e.organisation_id, m.day, m.first, m.first + 30, 'Ауа райы қолайсыз', 'requested', '', ''
  FROM made m JOIN tasks_executor e ON e.instruction_id = m.id AND e.role = 'lead'
  WHERE NOT m.moved AND mod(m.n, 20) = 5 AND m.state IN ('on_control', 'in_execution') AND m.first >= m.day;

INSERT INTO tasks_executionreport (instruction_id, kind, state, text, organisation_id, author_id, submitted_on,
    decided_by_id, decided_on, return_note, returns)
  SELECT m.id, 'final', s.state, 'Жұмыс аяқталды', e.organisation_id, %(office)s, m.day - 3,
         CASE WHEN s.state <> 'submitted' THEN %(leadership)s END, CASE WHEN s.state <> 'submitted' THEN m.day - 1 END,
         CASE s.state WHEN 'returned' THEN 'Актісі жоқ' ELSE '' END, CASE s.state WHEN 'returned' THEN 1 ELSE 0 END
  FROM made m JOIN tasks_executor e ON e.instruction_id = m.id AND e.role = 'lead'
  JOIN (VALUES ('reported', 'submitted'), ('returned', 'returned'), ('executed', 'accepted')) AS s (of, state)
    ON s.of = m.state;

INSERT INTO tasks_executionreport (instruction_id, kind, state, text, organisation_id, author_id, submitted_on,
    return_note, returns)
  SELECT m.id, 'interim', 'submitted', 'Іргетас құйылды', e.organisation_id, %(office)s, m.day - 2, '', 0
  FROM made m JOIN tasks_executor e ON e.instruction_id = m.id AND e.role = 'lead'
  WHERE m.state = 'in_execution' AND mod(m.n, 25) = 4;

INSERT INTO tasks_holdinterval (instruction_id, holder, during)
  SELECT id, 'office', tstzrange(now() - interval '40 days' - mod(n, 100) * interval '1 day', now() - mod(n, 30) * interval '1 day')
  FROM made;

INSERT INTO tasks_holdinterval (instruction_id, holder, organisation_id, during)
  SELECT m.id, h.holder, h.organisation, tstzrange(now() - mod(n, 30) * interval '1 day', NULL)
  FROM made m, LATERAL tasks_holder(m.id) AS h WHERE h.holder IS NOT NULL;
