CREATE TABLE `activity` (
	`seq` integer PRIMARY KEY NOT NULL,
	`user_seq` integer NOT NULL,
	`user_id` text NOT NULL,
	`team_seq` integer,
	`event` text NOT NULL,
	`resource_id` text DEFAULT '' NOT NULL,
	`actor_type` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	`ip` text NOT NULL,
	`user_agent` text NOT NULL,
	`country_code` text NOT NULL,
	`request_id` text NOT NULL,
	`time` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `activity_by_user` ON `activity` (`user_seq`,`seq`);--> statement-breakpoint
CREATE INDEX `activity_by_team` ON `activity` (`team_seq`,`seq`) WHERE team_seq IS NOT NULL;--> statement-breakpoint
CREATE TABLE `authenticators` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`user_seq` integer NOT NULL,
	`type` text NOT NULL,
	`secret` text NOT NULL,
	`verified` integer DEFAULT false NOT NULL,
	`used_step` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `authenticators_once` ON `authenticators` (`user_seq`,`type`);--> statement-breakpoint
CREATE TABLE `challenges` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`user_seq` integer NOT NULL,
	`session_id` text NOT NULL,
	`factor` text NOT NULL,
	`expire` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `challenges_id_unique` ON `challenges` (`id`);--> statement-breakpoint
CREATE INDEX `challenges_by_user` ON `challenges` (`user_seq`);--> statement-breakpoint
CREATE INDEX `challenges_by_expire` ON `challenges` (`expire`);--> statement-breakpoint
CREATE TABLE `counters` (
	`name` text PRIMARY KEY NOT NULL,
	`value` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `identities` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`user_seq` integer NOT NULL,
	`provider` text NOT NULL,
	`provider_uid` text NOT NULL,
	`provider_email` text DEFAULT '' NOT NULL,
	`provider_access_token_expiry` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `identities_id_unique` ON `identities` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `identities_once` ON `identities` (`provider`,`provider_uid`);--> statement-breakpoint
CREATE INDEX `identities_by_user` ON `identities` (`user_seq`,`seq`);--> statement-breakpoint
CREATE INDEX `identities_by_email` ON `identities` (`provider_email`);--> statement-breakpoint
CREATE TABLE `keys` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`scopes` text NOT NULL,
	`secret_hash` text NOT NULL,
	`expire` integer,
	`accessed_at` integer,
	`sdks` text DEFAULT '[]' NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `keys_id_unique` ON `keys` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `keys_secret_hash_unique` ON `keys` (`secret_hash`);--> statement-breakpoint
CREATE TABLE `memberships` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`team_seq` integer NOT NULL,
	`user_seq` integer NOT NULL,
	`roles` text NOT NULL,
	`invited` integer NOT NULL,
	`joined` integer,
	`confirm` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `memberships_id_unique` ON `memberships` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `memberships_once` ON `memberships` (`team_seq`,`user_seq`);--> statement-breakpoint
CREATE INDEX `memberships_by_user` ON `memberships` (`user_seq`,`seq`);--> statement-breakpoint
CREATE INDEX `memberships_by_team` ON `memberships` (`team_seq`,`seq`);--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`user_seq` integer NOT NULL,
	`code_hash` text NOT NULL,
	PRIMARY KEY(`user_seq`, `code_hash`)
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`user_seq` integer NOT NULL,
	`secret_hash` text NOT NULL,
	`provider` text NOT NULL,
	`provider_uid` text DEFAULT '' NOT NULL,
	`factors` text NOT NULL,
	`ip` text DEFAULT '' NOT NULL,
	`user_agent` text DEFAULT '' NOT NULL,
	`country_code` text DEFAULT '' NOT NULL,
	`mfa_updated_at` integer,
	`expire` integer NOT NULL,
	`revoked_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_id_unique` ON `sessions` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_secret_hash_unique` ON `sessions` (`secret_hash`);--> statement-breakpoint
CREATE INDEX `sessions_by_user` ON `sessions` (`user_seq`,`seq`);--> statement-breakpoint
CREATE INDEX `sessions_by_expire` ON `sessions` (`expire`);--> statement-breakpoint
CREATE INDEX `sessions_revoked` ON `sessions` (`revoked_at`) WHERE revoked_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `targets` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`user_seq` integer NOT NULL,
	`name` text DEFAULT '' NOT NULL,
	`provider_type` text NOT NULL,
	`provider_id` text,
	`identifier` text NOT NULL,
	`expired` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `targets_id_unique` ON `targets` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `targets_identifier_unique` ON `targets` (`identifier`);--> statement-breakpoint
CREATE INDEX `targets_by_user` ON `targets` (`user_seq`,`seq`);--> statement-breakpoint
CREATE TABLE `teams` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`total` integer DEFAULT 0 NOT NULL,
	`prefs` text DEFAULT '{}' NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `teams_id_unique` ON `teams` (`id`);--> statement-breakpoint
CREATE INDEX `teams_by_name` ON `teams` (`name`);--> statement-breakpoint
CREATE INDEX `teams_by_total` ON `teams` (`total`);--> statement-breakpoint
CREATE INDEX `teams_by_created` ON `teams` (`created_at`);--> statement-breakpoint
CREATE INDEX `teams_by_updated` ON `teams` (`updated_at`);--> statement-breakpoint
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
CREATE INDEX `tokens_by_expire` ON `tokens` (`expire`);--> statement-breakpoint
CREATE TABLE `usage` (
	`metric` text NOT NULL,
	`period` integer NOT NULL,
	`value` integer NOT NULL,
	PRIMARY KEY(`metric`, `period`)
);
--> statement-breakpoint
CREATE TABLE `users` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`name` text DEFAULT '' NOT NULL,
	`email` text,
	`phone` text,
	`email_verification` integer DEFAULT false NOT NULL,
	`phone_verification` integer DEFAULT false NOT NULL,
	`status` integer DEFAULT true NOT NULL,
	`password` text,
	`hash` text DEFAULT 'argon2' NOT NULL,
	`hash_options` text,
	`password_update` integer,
	`prefs` text DEFAULT '{}' NOT NULL,
	`labels` text DEFAULT '[]' NOT NULL,
	`mfa` integer DEFAULT false NOT NULL,
	`impersonator` integer DEFAULT false NOT NULL,
	`password_history` text DEFAULT '[]' NOT NULL,
	`accessed_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_id_unique` ON `users` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);--> statement-breakpoint
CREATE UNIQUE INDEX `users_phone_unique` ON `users` (`phone`);--> statement-breakpoint
CREATE INDEX `users_by_name` ON `users` (`name`);--> statement-breakpoint
CREATE INDEX `users_by_created` ON `users` (`created_at`);--> statement-breakpoint
CREATE INDEX `users_by_updated` ON `users` (`updated_at`);--> statement-breakpoint
CREATE INDEX `users_by_password_update` ON `users` (`password_update`);--> statement-breakpoint
CREATE INDEX `users_by_status` ON `users` (`status`);--> statement-breakpoint
CREATE INDEX `users_by_email_verification` ON `users` (`email_verification`);--> statement-breakpoint
CREATE INDEX `users_by_phone_verification` ON `users` (`phone_verification`);--> statement-breakpoint
CREATE INDEX `users_by_impersonator` ON `users` (`impersonator`);