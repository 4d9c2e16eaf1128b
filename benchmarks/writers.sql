-- What benchmarks/writers.py writes at random: one statement a paragraph. {table} is a row of it at random, {number} a number.

UPDATE districts_project SET visibility = {visibility}, published_at = NULL WHERE id = {districts_project};

UPDATE districts_landplot SET visibility = {visibility}, published_at = NULL WHERE id = {districts_landplot};

UPDATE accounts_organisation SET visibility = {visibility}, published_at = NULL WHERE id = {accounts_organisation};

UPDATE tasks_meeting SET visibility = {visibility}, published_at = NULL WHERE id = {tasks_meeting};

UPDATE tasks_instruction SET visibility = {visibility}, published_at = NULL WHERE id = {tasks_instruction};

UPDATE investors_investor SET visibility = {visibility}, published_at = NULL WHERE id = {investors_investor};

UPDATE districts_figure SET visibility = {visibility}, published_at = NULL WHERE id = {districts_figure};

UPDATE districts_claim SET visibility = {visibility}, published_at = NULL WHERE id = {districts_claim};

-- An embargo that ends while others read.
UPDATE districts_project SET published_at = clock_timestamp() + interval '1 second' WHERE id = {districts_project};

UPDATE accounts_organisation SET published_at = clock_timestamp() + interval '1 second' WHERE id = {accounts_organisation};

UPDATE districts_project SET purpose_kk = 'Мақсат {number}', purpose_ru = 'Цель {number}' WHERE id = {districts_project};

UPDATE districts_district SET profile_kk = 'Бейін {number}' WHERE id = {districts_district};

UPDATE districts_milestone SET name_kk = 'Кезең {number}' WHERE id = {districts_milestone};

UPDATE core_source SET publisher = 'gov.kz {number}' WHERE id = {core_source};

UPDATE accounts_organisation SET about_kk = 'Ұйым {number}', name_en = 'Body {number}' WHERE id = {accounts_organisation};

UPDATE tasks_instruction SET text_kk = 'Тапсырма {number}' WHERE id = {tasks_instruction};

UPDATE tasks_meeting SET title_kk = 'Отырыс {number}' WHERE id = {tasks_meeting};

UPDATE investors_investor SET profile_kk = 'Бейін {number}' WHERE id = {investors_investor};

UPDATE districts_claim SET note_kk = 'Ескерту {number}' WHERE id = {districts_claim};

UPDATE districts_project SET district_id = {districts_district} WHERE id = {districts_project};

UPDATE districts_projectparty SET organisation_id = {accounts_organisation} WHERE id = {districts_projectparty};

UPDATE tasks_executor SET released_on = CASE WHEN released_on IS NULL THEN date '2026-11-01' END WHERE id = {tasks_executor};

DELETE FROM districts_milestone WHERE id = {districts_milestone};

INSERT INTO districts_milestone (basis_kk, basis_ru, basis_en, project_id, code, milestone_code, type, status, name_kk, name_ru, name_en,
  baseline_day, baseline_precision, baseline_text, forecast_precision, forecast_text, met_precision, met_text, as_of_precision, as_of_text, stale)
VALUES ('', '', '', {districts_project}, 'w{number}', '', 'delivery', 'scheduled', 'Кезең', 'Веха', '',
  '2027-01-01', 'day', '', 'unknown', '', 'unknown', '', 'unknown', '', '{{}}');

DELETE FROM districts_projectparty WHERE id = {districts_projectparty};

INSERT INTO districts_projectparty (project_id, organisation_id, role, note_kk, note_ru, note_en)
VALUES ({districts_project}, {accounts_organisation}, 'funder', '', '', '');

INSERT INTO core_source (code, publisher, title, addresses, language, about_kk, about_ru, about_en, published_precision, published_text)
VALUES ('W{number}', 'gov.kz', '', '{{}}', '', '', '', '', 'unknown', '');

DELETE FROM core_source WHERE code LIKE 'W%' AND id = {core_source};
