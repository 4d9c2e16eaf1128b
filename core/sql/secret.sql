-- Keys that go with the data: into a dump, through a restore, and past a new SECRET_KEY. What they open is worth nothing without the database.
CREATE TABLE core_secret (name text PRIMARY KEY, value bytea NOT NULL);
INSERT INTO core_secret SELECT 'cursors', sha256(convert_to(string_agg(gen_random_uuid()::text, ''), 'UTF8')) FROM generate_series(1, 4);
