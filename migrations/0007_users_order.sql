CREATE INDEX `users_by_mfa` ON `users` (`mfa`);--> statement-breakpoint
CREATE INDEX `users_by_accessed` ON `users` (`accessed_at`);
