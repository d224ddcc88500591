-- Partly hand-written: what Drizzle's schema can't say (a table without a row ID, triggers), and what follows from what is there.

-- Who has a label: a row only for users that have any. The indexes of booleans become one, and those of the phone and of the
-- password hold users that have one.
CREATE TABLE `user_labels` (
	`label` text NOT NULL,
	`user_seq` integer NOT NULL,
	PRIMARY KEY(`label`, `user_seq`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `user_zones` (
	`zone` integer PRIMARY KEY NOT NULL,
	`created_oldest` integer NOT NULL,
	`created_newest` integer NOT NULL,
	`updated_oldest` integer NOT NULL,
	`updated_newest` integer NOT NULL
);
--> statement-breakpoint
DROP INDEX `users_by_status`;--> statement-breakpoint
DROP INDEX `users_by_email_verification`;--> statement-breakpoint
DROP INDEX `users_by_phone_verification`;--> statement-breakpoint
DROP INDEX `users_by_impersonator`;--> statement-breakpoint
DROP INDEX `users_by_mfa`;--> statement-breakpoint
DROP INDEX `users_phone_unique`;--> statement-breakpoint
DROP INDEX `users_by_password_update`;--> statement-breakpoint
CREATE INDEX `users_by_flags` ON `users` ((status * 64 + email_verification * 32 + phone_verification * 16 + mfa * 8 + impersonator * 4 + (phone IS NULL) * 2 + (password_update IS NULL)));--> statement-breakpoint
CREATE UNIQUE INDEX `users_phone_unique` ON `users` (`phone`) WHERE phone IS NOT NULL;--> statement-breakpoint
CREATE INDEX `users_by_password_update` ON `users` (`password_update`) WHERE password_update IS NOT NULL;--> statement-breakpoint
INSERT INTO user_labels (label, user_seq)
SELECT DISTINCT label.value, users.seq FROM users, json_each(users.labels) AS label WHERE users.labels <> '[]';
--> statement-breakpoint
-- Bounds of times in each 512 sequences, and in each 64 times as many (-1, -2, …), rounded to days away from them, so that nearly
-- no change moves them.
INSERT INTO user_zones (zone, created_oldest, created_newest, updated_oldest, updated_newest)
SELECT seq / 512, min(created_at) - min(created_at) % 86400000 - 86400000, max(created_at) - max(created_at) % 86400000 + 86400000, min(updated_at) - min(updated_at) % 86400000 - 86400000, max(updated_at) - max(updated_at) % 86400000 + 86400000
FROM users GROUP BY seq / 512;
--> statement-breakpoint
INSERT INTO user_zones (zone, created_oldest, created_newest, updated_oldest, updated_newest)
SELECT -1 - zone / 64, min(created_oldest), max(created_newest), min(updated_oldest), max(updated_newest)
FROM user_zones GROUP BY zone / 64;
--> statement-breakpoint
CREATE TRIGGER users_labelled AFTER INSERT ON users WHEN new.labels <> '[]' BEGIN
  INSERT INTO user_labels (label, user_seq) SELECT DISTINCT value, new.seq FROM json_each(new.labels);
END;
--> statement-breakpoint
CREATE TRIGGER users_relabelled AFTER UPDATE OF labels ON users WHEN old.labels <> new.labels BEGIN
  DELETE FROM user_labels WHERE user_seq = new.seq AND label IN (
    SELECT value FROM json_each(old.labels) EXCEPT SELECT value FROM json_each(new.labels));
  INSERT INTO user_labels (label, user_seq)
  SELECT value, new.seq FROM json_each(new.labels) EXCEPT SELECT value, new.seq FROM json_each(old.labels);
END;
--> statement-breakpoint
CREATE TRIGGER users_unlabelled AFTER DELETE ON users WHEN old.labels <> '[]' BEGIN
  DELETE FROM user_labels WHERE user_seq = old.seq AND label IN (SELECT value FROM json_each(old.labels));
END;
--> statement-breakpoint
CREATE TRIGGER users_zoned AFTER INSERT ON users BEGIN
  INSERT INTO user_zones (zone, created_oldest, created_newest, updated_oldest, updated_newest)
  SELECT value, new.created_at - new.created_at % 86400000 - 86400000, new.created_at - new.created_at % 86400000 + 86400000,
    new.updated_at - new.updated_at % 86400000 - 86400000, new.updated_at - new.updated_at % 86400000 + 86400000
  FROM (SELECT new.seq / 512 AS value UNION ALL SELECT -1 - new.seq / 32768) WHERE true
  ON CONFLICT (zone) DO UPDATE SET
    created_oldest = min(created_oldest, excluded.created_oldest), created_newest = max(created_newest, excluded.created_newest),
    updated_oldest = min(updated_oldest, excluded.updated_oldest), updated_newest = max(updated_newest, excluded.updated_newest)
  WHERE new.created_at < created_oldest OR new.created_at > created_newest
    OR new.updated_at < updated_oldest OR new.updated_at > updated_newest;
END;
--> statement-breakpoint
CREATE TRIGGER users_rezoned AFTER UPDATE OF created_at, updated_at ON users BEGIN
  UPDATE user_zones SET
    created_oldest = min(created_oldest, new.created_at - new.created_at % 86400000 - 86400000), created_newest = max(created_newest, new.created_at - new.created_at % 86400000 + 86400000),
    updated_oldest = min(updated_oldest, new.updated_at - new.updated_at % 86400000 - 86400000), updated_newest = max(updated_newest, new.updated_at - new.updated_at % 86400000 + 86400000)
  WHERE zone IN (new.seq / 512, -1 - new.seq / 32768) AND (new.created_at < created_oldest OR new.created_at > created_newest
    OR new.updated_at < updated_oldest OR new.updated_at > updated_newest);
END;
