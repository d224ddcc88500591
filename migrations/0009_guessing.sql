-- Hand-written: what Drizzle's schema can't say (tables without a row ID, triggers), and what follows from what is there.

-- A failed try is one row for each key that it counts for. The hour stands first, so that what is over is one range of
-- the table and needs no index of its own.
CREATE TABLE `failures` (
	`hour` integer NOT NULL,
	`key` text NOT NULL,
	`time` integer NOT NULL,
	`id` text NOT NULL,
	PRIMARY KEY(`hour`, `key`, `time`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `networks` (
	`user_seq` integer NOT NULL,
	`factors` integer NOT NULL,
	`network` text NOT NULL,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`user_seq`, `factors`, `network`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `networks_by_seen` ON `networks` (`seen_at`);--> statement-breakpoint
CREATE TABLE `budgets` (
	`user_seq` integer PRIMARY KEY NOT NULL,
	`spent_until` integer NOT NULL,
	`request` text NOT NULL
);
--> statement-breakpoint
ALTER TABLE `sessions` ADD `network` text;--> statement-breakpoint
-- The networks of the sessions that there are, where their addresses are written plainly enough to be told in SQL: IPv4,
-- also inside IPv6, and IPv6 with its first four groups spelt out. Others are known again from their next sign-in on.
UPDATE `sessions` SET `network` = CASE
	WHEN `ip` GLOB '*.*.*.*' THEN rtrim(replace(lower(`ip`), '::ffff:', ''), '0123456789') || '0/24'
	WHEN `ip` GLOB '*:*:*:*:*' AND `ip` NOT GLOB '*[^0-9a-fA-F:]*' THEN (
		SELECT iif(min(value <> ''),
			group_concat(ltrim(substr(lower(value), 1, length(value) - 1), '0') || lower(substr(value, -1)), ':') || '::/64', NULL)
		FROM (SELECT value FROM json_each('["' || replace(`ip`, ':', '","') || '"]') LIMIT 4))
END;
--> statement-breakpoint
CREATE INDEX `sessions_by_network` ON `sessions` (`user_seq`,`network`) WHERE network IS NOT NULL;--> statement-breakpoint
-- How many wrong tries a one-time token outlives; null: any number. How long those are that there are nobody knows: as
-- most are, so as short as they are unless asked otherwise.
ALTER TABLE `tokens` ADD `tries_left` integer DEFAULT 5;--> statement-breakpoint
CREATE INDEX `challenges_by_session` ON `challenges` (`user_seq`,`session_id`,`seq`);--> statement-breakpoint
DROP INDEX `challenges_by_user`;--> statement-breakpoint
CREATE TRIGGER users_known_nowhere AFTER DELETE ON users BEGIN
  DELETE FROM networks WHERE user_seq = old.seq;
  DELETE FROM budgets WHERE user_seq = old.seq;
END;
--> statement-breakpoint
-- What users do themselves, but for signing in and out, spends of a budget: 60 at once, and one more each second. It is
-- spent by the activity row that each of those writes in its own transaction, once for each request, so none can be
-- forgotten; and what is beyond the budget is undone with all the rest of its transaction.
CREATE TRIGGER activity_spends AFTER INSERT ON activity
WHEN new.actor_type = 'user' AND new.user_seq > 0 AND new.event NOT IN ('session.create', 'session.delete') BEGIN
  INSERT INTO budgets (user_seq, spent_until, request)
  VALUES (new.user_seq, new.time + 1000, new.request_id || ' ' || new.time)
  ON CONFLICT (user_seq) DO UPDATE SET
    spent_until = max(spent_until, new.time) + 1000, request = excluded.request
  WHERE request <> excluded.request;
  SELECT RAISE(ABORT, 'budget of the user exceeded') FROM budgets
  WHERE user_seq = new.user_seq AND spent_until > new.time + 60000;
END;
