-- Hand-written: a column, a partial index and a trigger at a time; rows that are there keep what they say.

-- Whether a session, or one made of a token, carries the capability `impersonator` of its user. What was made before
-- is taken to: nobody knows any more by which key it was made.
ALTER TABLE `sessions` ADD `reads_users` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `tokens` ADD `reads_users` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `activity` ADD `actor_seq` integer;--> statement-breakpoint
ALTER TABLE `activity` ADD `once` text;--> statement-breakpoint
ALTER TABLE `activity` ADD `count` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX `activity_by_actor` ON `activity` (`actor_seq`,`seq`) WHERE actor_seq IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `activity_once` ON `activity` (`once`) WHERE once IS NOT NULL;--> statement-breakpoint
-- A line that recurs is counted as often as it does: an upsert that updates fires no trigger of an insert.
CREATE TRIGGER activity_repeated AFTER UPDATE OF count ON activity BEGIN
  INSERT INTO usage (metric, period, value) VALUES (new.event, new.time - new.time % 1800000, new.count - old.count)
  ON CONFLICT (metric, period) DO UPDATE SET value = value + excluded.value;
END;--> statement-breakpoint
CREATE TABLE `erasures` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_seq` integer NOT NULL,
	`role` text NOT NULL,
	`below` integer NOT NULL
);
--> statement-breakpoint
-- Users that were deleted before: their activity is erased by the cron trigger, a bounded part at a time.
INSERT INTO `erasures` (`user_seq`, `role`, `below`)
SELECT DISTINCT user_seq, 'subject', 9007199254740991 FROM activity
WHERE user_seq > 0 AND NOT EXISTS (SELECT 1 FROM users WHERE users.seq = activity.user_seq);--> statement-breakpoint
UPDATE `sessions` SET ip = '', user_agent = '', country_code = '', provider_uid = ''
WHERE revoked_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM users WHERE users.seq = sessions.user_seq);
