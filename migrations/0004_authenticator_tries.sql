ALTER TABLE `authenticators` ADD `tries` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `authenticators` ADD `tries_since` integer DEFAULT 0 NOT NULL;