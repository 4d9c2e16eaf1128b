-- How the portal does, in one question and of one moment: what alatau_portal/seeing/facts.py tells the page and the metrics. Ages are seconds.
WITH waiting AS (
  SELECT * FROM core_outbox WHERE delivered_at IS NULL AND given_up_at IS NULL
), unsealed AS (
  SELECT c.at FROM core_since(coalesce((SELECT bookmark FROM core_seal ORDER BY no DESC LIMIT 1), '')) c
), proof AS (
  SELECT * FROM core_jobrun WHERE job = 'verify_ledger' AND finished_at IS NOT NULL ORDER BY finished_at DESC LIMIT 1
), edition AS (
  SELECT * FROM alatau_portal_opendataedition ORDER BY id DESC LIMIT 1
)
SELECT
  (SELECT count(*) FROM waiting) AS outbox_waiting,
  (SELECT extract(epoch FROM now() - min(created_at)) FROM waiting) AS outbox_oldest,
  (SELECT extract(epoch FROM now() - min(next_try_at)) FROM waiting WHERE next_try_at < now()) AS outbox_overdue,
  (SELECT count(*) FROM waiting WHERE tries >= 5) AS outbox_failing,
  (SELECT count(*) FROM core_outbox WHERE given_up_at > now() - interval '7 days' AND last_error <> '') AS outbox_dead,
  (SELECT coalesce(max(no), 0) FROM core_seal) AS seals,
  (SELECT extract(epoch FROM now() - max(at)) FROM core_seal) AS sealed_ago,
  (SELECT count(*) FROM unsealed) AS unsealed,
  (SELECT extract(epoch FROM now() - min(at)) FROM unsealed) AS unsealed_oldest,
  (SELECT extract(epoch FROM now() - finished_at) FROM proof) AS proved_ago,
  (SELECT coalesce(jsonb_array_length(result -> 'faults'), 0) FROM proof) AS ledger_faults,
  (SELECT extract(epoch FROM now() - looked_at) FROM accounts_webhookbookmark WHERE name = 'webhooks') AS feed_lag,
  extract(epoch FROM core_longest_write()) AS longest_write,
  (SELECT count(*) FROM accounts_webhookdelivery WHERE state IN ('pending', 'failed')) AS webhooks_waiting,
  (SELECT count(*) FROM accounts_webhookdelivery WHERE state = 'dead' AND created_at > now() - interval '10 days') AS webhooks_dead,
  (SELECT extract(epoch FROM now() - published_at) FROM edition WHERE withdrawn_at IS NULL) AS edition_age,
  (SELECT extract(epoch FROM now() - marked_at) FROM edition WHERE withdrawn_at IS NULL) AS edition_checked_ago,
  (SELECT refused_at IS NOT NULL FROM edition) AS edition_refused,
  (SELECT jsonb_object_agg(job, ended) FROM (
     SELECT job, extract(epoch FROM now() - max(finished_at)) AS ended FROM core_jobrun GROUP BY job) runs) AS jobs,
  (SELECT jsonb_object_agg(register, newest) FROM (
     SELECT 'districts', max(as_of_day) FROM districts_district
     UNION ALL SELECT 'plots', max(as_of_day) FROM districts_landplot WHERE NOT is_demo
     UNION ALL SELECT 'milestones', max(as_of_day) FROM districts_milestone m
       JOIN districts_project p ON p.id = m.project_id AND NOT p.is_demo
     UNION ALL SELECT 'figures', max(as_of_day) FROM districts_figure f
       LEFT JOIN districts_project p ON p.id = f.project_id WHERE p.is_demo IS NOT TRUE
     UNION ALL SELECT 'published_figures', max(as_of_day) FROM districts_publishedfigure
     UNION ALL SELECT 'investors', max(as_of_day) FROM investors_investor
     UNION ALL SELECT 'opportunities', max(as_of_day) FROM investors_opportunity WHERE NOT is_demo
   ) dates (register, newest)) AS newest,
  pg_database_size(current_database()) AS database_size,
  (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()) AS connections,
  current_setting('max_connections')::int AS connections_most
