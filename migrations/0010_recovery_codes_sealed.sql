ALTER TABLE `recovery_codes` ADD `sealed` text;
