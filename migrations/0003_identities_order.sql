CREATE INDEX `identities_by_provider` ON `identities` (`provider`);--> statement-breakpoint
CREATE INDEX `identities_by_provider_uid` ON `identities` (`provider_uid`);--> statement-breakpoint
CREATE INDEX `identities_by_expiry` ON `identities` (`provider_access_token_expiry`);--> statement-breakpoint
CREATE INDEX `identities_by_created` ON `identities` (`created_at`);--> statement-breakpoint
CREATE INDEX `identities_by_updated` ON `identities` (`updated_at`);