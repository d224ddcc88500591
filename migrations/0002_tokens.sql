CREATE TABLE `tokens` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`user_seq` integer NOT NULL,
	`secret_hash` text NOT NULL,
	`expire` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `tokens_by_secret` ON `tokens` (`user_seq`,`secret_hash`);--> statement-breakpoint
CREATE INDEX `tokens_by_expire` ON `tokens` (`expire`);