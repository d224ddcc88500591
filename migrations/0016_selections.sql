-- Hand-written: a table without a row ID, which Drizzle can't say.

-- The users that a change of many is about: rows live as long as its transaction does.
CREATE TABLE `selections` (
	`change` text NOT NULL,
	`user_seq` integer NOT NULL,
	PRIMARY KEY(`change`, `user_seq`)
) WITHOUT ROWID;
--> statement-breakpoint
-- Deletions by query that go on: how many users the next call has to find.
CREATE TABLE `confirmations` (
	`id` text PRIMARY KEY NOT NULL,
	`remaining` integer NOT NULL,
	`expire` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `confirmations_by_expire` ON `confirmations` (`expire`);
