CREATE TABLE `deliveries` (
	`seq` integer PRIMARY KEY NOT NULL,
	`webhook_seq` integer NOT NULL,
	`event_seq` integer NOT NULL,
	`name` text NOT NULL,
	`event` text NOT NULL,
	`is_test` integer DEFAULT false NOT NULL,
	`state` text DEFAULT 'pending' NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`due_at` integer,
	`status` integer DEFAULT 0 NOT NULL,
	`duration` integer DEFAULT 0 NOT NULL,
	`error` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	`tried_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `deliveries_once` ON `deliveries` (`webhook_seq`,`event_seq`);--> statement-breakpoint
CREATE INDEX `deliveries_by_time` ON `deliveries` (`webhook_seq`,`created_at`);--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `deliveries` (`webhook_seq`,`event_seq`) WHERE due_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `webhooks` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`url` text NOT NULL,
	`events` text NOT NULL,
	`tls` integer DEFAULT false NOT NULL,
	`auth_username` text DEFAULT '' NOT NULL,
	`auth_password` text DEFAULT '' NOT NULL,
	`secret` text NOT NULL,
	`previous_secret` text,
	`previous_until` integer,
	`enabled` integer NOT NULL,
	`listens` integer NOT NULL,
	`logs` text DEFAULT '' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`not_before` integer DEFAULT 0 NOT NULL,
	`busy_until` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `webhooks_id_unique` ON `webhooks` (`id`);--> statement-breakpoint
CREATE INDEX `webhooks_listening` ON `webhooks` (`listens`);