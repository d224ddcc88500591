-- From when on JWTs without a session count, in milliseconds: it moves forward with every revocation of a user's all.
ALTER TABLE `users` ADD `valid_from` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `used_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- When a session of before was last used is not known: not before it was last changed.
UPDATE `sessions` SET `used_at` = `updated_at`;--> statement-breakpoint
CREATE INDEX `sessions_by_use` ON `sessions` (`used_at`);
