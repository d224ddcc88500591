-- Hand-written: what Drizzle's schema can't say.

-- Names are compared, sorted and searched by a key without case and accents (src/text/fold.ts), which the service writes
-- beside the name. SQL can only lower ASCII: what has more is left to the cron trigger, which finds it in `stale_keys`.
ALTER TABLE `users` ADD `name_key` text;--> statement-breakpoint
ALTER TABLE `teams` ADD `name_key` text;--> statement-breakpoint
ALTER TABLE `keys` ADD `name_key` text;--> statement-breakpoint
ALTER TABLE `identities` ADD `provider_uid_key` text;--> statement-breakpoint
CREATE TABLE `stale_keys` (
	`kind` text NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`kind`, `seq`)
);
--> statement-breakpoint
DROP TRIGGER users_inserted;
DROP TRIGGER users_found_by_changed;
DROP TRIGGER teams_inserted;
DROP TRIGGER teams_found_by_changed;
DROP TRIGGER identities_inserted;
DROP TABLE users_search_terms;
DROP TABLE teams_search_terms;
DROP TABLE identities_search_terms;
DROP TABLE users_search;
DROP TABLE teams_search;
DROP TABLE identities_search;

UPDATE users SET name_key = lower(name);
UPDATE teams SET name_key = lower(name);
UPDATE keys SET name_key = lower(name);
UPDATE identities SET provider_uid_key = lower(provider_uid);
INSERT INTO stale_keys (kind, seq)
SELECT 'users', seq FROM users WHERE length(name) <> length(CAST(name AS BLOB))
UNION ALL SELECT 'teams', seq FROM teams WHERE length(name) <> length(CAST(name AS BLOB))
UNION ALL SELECT 'keys', seq FROM keys WHERE length(name) <> length(CAST(name AS BLOB))
UNION ALL SELECT 'identities', seq FROM identities WHERE length(provider_uid) <> length(CAST(provider_uid AS BLOB));

DROP INDEX users_by_name;
CREATE INDEX `users_by_name` ON `users` (`name_key`);
DROP INDEX teams_by_name;
CREATE INDEX `teams_by_name` ON `teams` (`name_key`);

-- What search finds rows by: folded text with two marks (U+001F) before each value and behind each character that ends a
-- word, so that the beginning of a value or word is a trigram of its own, however short. src/lists/trigram.ts marks what
-- is looked for alike. A third mark before the first value is a trigram that every row has.
CREATE VIEW users_found AS SELECT
  seq,
  x'1f1f1f' || replace(replace(replace(lower(id), '.', '.' || x'1f1f'), '-', '-' || x'1f1f'), '_', '_' || x'1f1f') AS id,
  x'1f1f' || replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(coalesce(name_key, lower(name)), char(31), char(65533)),
      ' ', ' ' || x'1f1f'), '　', '　' || x'1f1f'), '.', '.' || x'1f1f'), ',', ',' || x'1f1f'),
      '-', '-' || x'1f1f'), '_', '_' || x'1f1f'), '''', '''' || x'1f1f'), '’', '’' || x'1f1f'),
      '@', '@' || x'1f1f'), '+', '+' || x'1f1f'), ':', ':' || x'1f1f'), '/', '/' || x'1f1f'),
      '(', '(' || x'1f1f'), '"', '"' || x'1f1f'), '・', '・' || x'1f1f') AS name,
  coalesce(x'1f1f' || replace(replace(replace(replace(replace(replace(replace(email,
      '.', '.' || x'1f1f'), '-', '-' || x'1f1f'), '_', '_' || x'1f1f'), '''', '''' || x'1f1f'),
      '@', '@' || x'1f1f'), '+', '+' || x'1f1f'), '/', '/' || x'1f1f'), '') AS email,
  coalesce(x'1f1f' || replace(phone, '+', '+' || x'1f1f'), '') AS phone,
  (SELECT coalesce(group_concat(x'1f1f' || 'label:' || x'1f1f' || lower(value), ''), '') FROM json_each(users.labels)) AS labels
FROM users;

CREATE VIEW teams_found AS SELECT
  seq,
  x'1f1f1f' || replace(replace(replace(lower(id), '.', '.' || x'1f1f'), '-', '-' || x'1f1f'), '_', '_' || x'1f1f') AS id,
  x'1f1f' || replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(coalesce(name_key, lower(name)), char(31), char(65533)),
      ' ', ' ' || x'1f1f'), '　', '　' || x'1f1f'), '.', '.' || x'1f1f'), ',', ',' || x'1f1f'),
      '-', '-' || x'1f1f'), '_', '_' || x'1f1f'), '''', '''' || x'1f1f'), '’', '’' || x'1f1f'),
      '@', '@' || x'1f1f'), '+', '+' || x'1f1f'), ':', ':' || x'1f1f'), '/', '/' || x'1f1f'),
      '(', '(' || x'1f1f'), '"', '"' || x'1f1f'), '・', '・' || x'1f1f') AS name
FROM teams;

CREATE VIEW identities_found AS SELECT
  seq,
  x'1f1f1f' || replace(replace(replace(lower(id), '.', '.' || x'1f1f'), '-', '-' || x'1f1f'), '_', '_' || x'1f1f') AS id,
  x'1f1f' || replace(replace(provider, '-', '-' || x'1f1f'), '_', '_' || x'1f1f') AS provider,
  x'1f1f' || replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(coalesce(provider_uid_key, lower(provider_uid)), char(31), char(65533)),
      ' ', ' ' || x'1f1f'), '　', '　' || x'1f1f'), '.', '.' || x'1f1f'), ',', ',' || x'1f1f'),
      '-', '-' || x'1f1f'), '_', '_' || x'1f1f'), '''', '''' || x'1f1f'), '’', '’' || x'1f1f'),
      '@', '@' || x'1f1f'), '+', '+' || x'1f1f'), ':', ':' || x'1f1f'), '/', '/' || x'1f1f'),
      '(', '(' || x'1f1f'), '"', '"' || x'1f1f'), '・', '・' || x'1f1f') AS provider_uid,
  x'1f1f' || replace(replace(replace(replace(replace(replace(replace(provider_email,
      '.', '.' || x'1f1f'), '-', '-' || x'1f1f'), '_', '_' || x'1f1f'), '''', '''' || x'1f1f'),
      '@', '@' || x'1f1f'), '+', '+' || x'1f1f'), '/', '/' || x'1f1f') AS provider_email
FROM identities;

-- Memberships are searched within one team, or of one user: whose a row is, is a trigram too, of the characters from
-- U+20000 on that spell the sequence in three digits of 65,536 each.
CREATE VIEW memberships_found AS SELECT
  memberships.seq AS seq,
  x'1f1f1f' || replace(replace(replace(lower(memberships.id), '.', '.' || x'1f1f'), '-', '-' || x'1f1f'), '_', '_' || x'1f1f') AS id,
  x'1f1f' || replace(replace(replace(lower(users.id), '.', '.' || x'1f1f'), '-', '-' || x'1f1f'), '_', '_' || x'1f1f') AS user_id,
  char(131072 + (team_seq >> 32 & 65535), 131072 + (team_seq >> 16 & 65535), 131072 + (team_seq & 65535)) AS team,
  char(131072 + (user_seq >> 32 & 65535), 131072 + (user_seq >> 16 & 65535), 131072 + (user_seq & 65535)) AS member
FROM memberships JOIN users ON users.seq = memberships.user_seq;

-- Each index keeps the text that it was made of, so that what shares all trigrams of a term can be told from what holds
-- it without another row read; and the columns of a trigram, but no positions, which together takes less than positions.
CREATE VIRTUAL TABLE users_search USING fts5(
  id, name, email, phone, labels,
  detail = column, columnsize = 0, tokenize = 'trigram case_sensitive 1'
);
INSERT INTO users_search (rowid, id, name, email, phone, labels) SELECT seq, id, name, email, phone, labels FROM users_found;

CREATE VIRTUAL TABLE teams_search USING fts5(
  id, name,
  detail = column, columnsize = 0, tokenize = 'trigram case_sensitive 1'
);
INSERT INTO teams_search (rowid, id, name) SELECT seq, id, name FROM teams_found;

CREATE VIRTUAL TABLE identities_search USING fts5(
  id, provider, provider_uid, provider_email,
  detail = column, columnsize = 0, tokenize = 'trigram case_sensitive 1'
);
INSERT INTO identities_search (rowid, id, provider, provider_uid, provider_email) SELECT seq, id, provider, provider_uid, provider_email FROM identities_found;

CREATE VIRTUAL TABLE memberships_search USING fts5(
  id, user_id, team, member,
  detail = column, columnsize = 0, tokenize = 'trigram case_sensitive 1'
);
INSERT INTO memberships_search (rowid, id, user_id, team, member) SELECT seq, id, user_id, team, member FROM memberships_found;

-- A name that is written without its key (by an earlier version, while this one is deployed) gets what SQL can make.
CREATE TRIGGER users_inserted AFTER INSERT ON users BEGIN
  INSERT INTO users_search (rowid, id, name, email, phone, labels) SELECT seq, id, name, email, phone, labels FROM users_found WHERE seq = new.seq;
  UPDATE counters SET value = value + 1 WHERE name = 'users';
  UPDATE users SET name_key = lower(name) WHERE new.name_key IS NULL AND seq = new.seq;
  INSERT INTO stale_keys (kind, seq) SELECT 'users', new.seq
  WHERE new.name_key IS NULL AND length(new.name) <> length(CAST(new.name AS BLOB));
END;

-- OF: an update of anything else leaves the search index alone and costs one row written.
CREATE TRIGGER users_found_by_changed AFTER UPDATE OF id, name_key, email, phone, labels ON users BEGIN
  UPDATE users_search SET (id, name, email, phone, labels) = (SELECT id, name, email, phone, labels FROM users_found WHERE seq = new.seq)
  WHERE rowid = new.seq;
END;

CREATE TRIGGER users_renamed_alone AFTER UPDATE OF name ON users
WHEN old.name IS NOT new.name AND old.name_key IS new.name_key BEGIN
  UPDATE users SET name_key = lower(new.name)
  WHERE seq = new.seq AND name_key IS NOT lower(new.name) AND length(new.name) = length(CAST(new.name AS BLOB));
  INSERT OR IGNORE INTO stale_keys (kind, seq) SELECT 'users', new.seq
  WHERE length(new.name) <> length(CAST(new.name AS BLOB));
END;

CREATE TRIGGER teams_inserted AFTER INSERT ON teams BEGIN
  INSERT INTO teams_search (rowid, id, name) SELECT seq, id, name FROM teams_found WHERE seq = new.seq;
  UPDATE counters SET value = value + 1 WHERE name = 'teams';
  UPDATE teams SET name_key = lower(name) WHERE new.name_key IS NULL AND seq = new.seq;
  INSERT INTO stale_keys (kind, seq) SELECT 'teams', new.seq
  WHERE new.name_key IS NULL AND length(new.name) <> length(CAST(new.name AS BLOB));
END;

CREATE TRIGGER teams_found_by_changed AFTER UPDATE OF id, name_key ON teams BEGIN
  UPDATE teams_search SET (id, name) = (SELECT id, name FROM teams_found WHERE seq = new.seq)
  WHERE rowid = new.seq;
END;

CREATE TRIGGER teams_renamed_alone AFTER UPDATE OF name ON teams
WHEN old.name IS NOT new.name AND old.name_key IS new.name_key BEGIN
  UPDATE teams SET name_key = lower(new.name)
  WHERE seq = new.seq AND name_key IS NOT lower(new.name) AND length(new.name) = length(CAST(new.name AS BLOB));
  INSERT OR IGNORE INTO stale_keys (kind, seq) SELECT 'teams', new.seq
  WHERE length(new.name) <> length(CAST(new.name AS BLOB));
END;

CREATE TRIGGER keys_named_alone AFTER INSERT ON keys WHEN new.name_key IS NULL BEGIN
  UPDATE keys SET name_key = lower(name) WHERE new.name_key IS NULL AND seq = new.seq;
  INSERT INTO stale_keys (kind, seq) SELECT 'keys', new.seq
  WHERE new.name_key IS NULL AND length(new.name) <> length(CAST(new.name AS BLOB));
END;

CREATE TRIGGER keys_renamed_alone AFTER UPDATE OF name ON keys
WHEN old.name IS NOT new.name AND old.name_key IS new.name_key BEGIN
  UPDATE keys SET name_key = lower(new.name)
  WHERE seq = new.seq AND name_key IS NOT lower(new.name) AND length(new.name) = length(CAST(new.name AS BLOB));
  INSERT OR IGNORE INTO stale_keys (kind, seq) SELECT 'keys', new.seq
  WHERE length(new.name) <> length(CAST(new.name AS BLOB));
END;

CREATE TRIGGER identities_inserted AFTER INSERT ON identities BEGIN
  INSERT INTO identities_search (rowid, id, provider, provider_uid, provider_email) SELECT seq, id, provider, provider_uid, provider_email FROM identities_found WHERE seq = new.seq;
  UPDATE identities SET provider_uid_key = lower(provider_uid) WHERE new.provider_uid_key IS NULL AND seq = new.seq;
  INSERT INTO stale_keys (kind, seq) SELECT 'identities', new.seq
  WHERE new.provider_uid_key IS NULL AND length(new.provider_uid) <> length(CAST(new.provider_uid AS BLOB));
END;

CREATE TRIGGER identities_found_by_changed AFTER UPDATE OF provider_uid_key ON identities BEGIN
  UPDATE identities_search SET (id, provider, provider_uid, provider_email) = (SELECT id, provider, provider_uid, provider_email FROM identities_found WHERE seq = new.seq)
  WHERE rowid = new.seq;
END;

CREATE TRIGGER memberships_found_by_added AFTER INSERT ON memberships BEGIN
  INSERT INTO memberships_search (rowid, id, user_id, team, member) SELECT seq, id, user_id, team, member FROM memberships_found WHERE seq = new.seq;
END;

CREATE TRIGGER memberships_found_by_removed AFTER DELETE ON memberships BEGIN
  DELETE FROM memberships_search WHERE rowid = old.seq;
END;
