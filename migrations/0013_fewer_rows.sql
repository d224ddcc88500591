-- Hand-written: triggers and views, which Drizzle can't say. Fewer rows for each write; every answer stays what it was.

-- The targets of a user's own address and number are told from its row (src/db/toldTargets.ts) until they differ from what
-- it tells. Bit 1: the e-mail address's is stored, or there is none; bit 2: the same of the phone number's. Users that are
-- there have theirs stored, and keep them; so have those that an earlier version makes while this one is deployed.
ALTER TABLE `users` ADD `stored_targets` integer DEFAULT 3 NOT NULL;--> statement-breakpoint
-- How a session that a line tells of came to be: usage counts them by it.
ALTER TABLE `activity` ADD `provider` text;--> statement-breakpoint
-- A user has few sessions: one that comes from a network is found among them. Idle ones are looked for in turn (cron.ts).
DROP INDEX `sessions_by_network`;--> statement-breakpoint
DROP INDEX `sessions_by_use`;--> statement-breakpoint
-- A revocation that the log tells of needs no index to be found by: the cron trigger comes by the new lines of the log, and
-- makes the two times differ of what is still there then.
DROP INDEX `sessions_revoked`;--> statement-breakpoint
CREATE INDEX `sessions_revoked` ON `sessions` (`revoked_at`) WHERE revoked_at IS NOT NULL AND revoked_at <> updated_at;--> statement-breakpoint
-- What a team's own number does not count: there are none but by hand, so that nobody writes it.
CREATE INDEX `memberships_unconfirmed` ON `memberships` (`team_seq`) WHERE confirm = 0;--> statement-breakpoint
UPDATE `sessions` SET updated_at = updated_at + 1 WHERE revoked_at IS NOT NULL AND revoked_at = updated_at;--> statement-breakpoint

DROP TRIGGER users_inserted;
DROP TRIGGER users_deleted;
DROP TRIGGER users_reached;
DROP TRIGGER users_email_moved;
DROP TRIGGER users_phone_moved;
DROP TRIGGER sessions_inserted;
DROP TRIGGER sessions_revoked;
DROP TRIGGER sessions_expired;
DROP TRIGGER activity_inserted;
DROP TRIGGER teams_inserted;
DROP TRIGGER teams_deleted;

-- What a total can't be told by from the rows' own numbers. Users and sessions are numbered in order, so there are as many
-- as the highest number, but for the numbers that are none: `value` is what those make, `top` the highest number that was
-- deleted. `activity`: the line of the log up to which usage is added up. `idle`: the session that was looked at last.
CREATE TABLE `totals` (
	`name` text PRIMARY KEY NOT NULL,
	`value` integer DEFAULT 0 NOT NULL,
	`top` integer DEFAULT 0 NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO totals (name, value)
SELECT 'users', coalesce((SELECT value FROM counters WHERE name = 'users'), 0) - coalesce((SELECT max(seq) FROM users), 0)
UNION ALL SELECT 'sessions', coalesce((SELECT value FROM counters WHERE name = 'sessions'), 0) - coalesce((SELECT max(seq) FROM sessions), 0)
UNION ALL SELECT 'teams', coalesce((SELECT value FROM counters WHERE name = 'teams'), 0)
UNION ALL SELECT 'activity', coalesce((SELECT max(seq) FROM activity), 0)
UNION ALL SELECT 'idle', 0;

DROP TABLE counters;

-- How many there are. A session that is revoked counts no longer: the newest lines of the log tell of those that are not
-- added up yet.
CREATE VIEW counters AS
SELECT 'users' AS name, max(coalesce((SELECT max(seq) FROM users), 0), coalesce((SELECT top FROM totals WHERE name = 'users'), 0))
  + coalesce((SELECT value FROM totals WHERE name = 'users'), 0) AS value
UNION ALL
SELECT 'sessions', max(coalesce((SELECT max(seq) FROM sessions), 0), coalesce((SELECT top FROM totals WHERE name = 'sessions'), 0))
  + coalesce((SELECT value FROM totals WHERE name = 'sessions'), 0)
  - (SELECT count(*) FROM activity WHERE seq > coalesce((SELECT value FROM totals WHERE name = 'activity'), 0) AND event = 'session.delete')
UNION ALL
SELECT 'teams', coalesce((SELECT value FROM totals WHERE name = 'teams'), 0);

-- What usage counts of each line of the log that does not recur.
CREATE VIEW activity_counted AS
SELECT seq, event AS metric, time - time % 1800000 AS period FROM activity WHERE once IS NULL
UNION ALL
SELECT seq, 'session.create.' || coalesce(provider, (SELECT sessions.provider FROM sessions WHERE sessions.id = activity.resource_id)),
  time - time % 1800000 FROM activity WHERE event = 'session.create';

-- A name that is written without its key (by an earlier version, while this one is deployed) gets what SQL can make.
CREATE TRIGGER users_inserted AFTER INSERT ON users BEGIN
  INSERT INTO users_search (rowid, id, name, email, phone, labels) SELECT seq, id, name, email, phone, labels FROM users_found WHERE seq = new.seq;
  UPDATE users SET name_key = lower(name) WHERE new.name_key IS NULL AND seq = new.seq;
  INSERT INTO stale_keys (kind, seq) SELECT 'users', new.seq
  WHERE new.name_key IS NULL AND length(new.name) <> length(CAST(new.name AS BLOB));
END;

-- Nothing is written where a user's number follows the highest one: numbers that were passed over (by an insert that was
-- ignored, or by hand) are no users, and a lower one is one more.
CREATE TRIGGER users_counted AFTER INSERT ON users
WHEN new.seq <> 1 + max(coalesce((SELECT max(seq) FROM users WHERE seq <> new.seq), 0), coalesce((SELECT top FROM totals WHERE name = 'users'), 0)) BEGIN
  INSERT INTO totals (name, value)
  SELECT 'users', 1 - max(0, new.seq - last)
  FROM (SELECT max(coalesce((SELECT max(seq) FROM users WHERE seq <> new.seq), 0), coalesce((SELECT top FROM totals WHERE name = 'users'), 0)) AS last) WHERE true
  ON CONFLICT (name) DO UPDATE SET value = value + excluded.value;
END;

CREATE TRIGGER users_deleted AFTER DELETE ON users BEGIN
  DELETE FROM users_search WHERE rowid = old.seq;
  INSERT INTO totals (name, value, top) VALUES ('users', -1, old.seq)
  ON CONFLICT (name) DO UPDATE SET value = value - 1, top = max(top, excluded.top);
END;

CREATE TRIGGER sessions_counted AFTER INSERT ON sessions
WHEN new.seq <> 1 + max(coalesce((SELECT max(seq) FROM sessions WHERE seq <> new.seq), 0), coalesce((SELECT top FROM totals WHERE name = 'sessions'), 0)) BEGIN
  INSERT INTO totals (name, value)
  SELECT 'sessions', 1 - max(0, new.seq - last)
  FROM (SELECT max(coalesce((SELECT max(seq) FROM sessions WHERE seq <> new.seq), 0), coalesce((SELECT top FROM totals WHERE name = 'sessions'), 0)) AS last) WHERE true
  ON CONFLICT (name) DO UPDATE SET value = value + excluded.value;
END;

-- Live sessions: a revoked one stops counting when it is revoked, an expired one when it is removed. What the service
-- revokes changes at that moment and has a line in the log, which is what counts; this is for what has none.
CREATE TRIGGER sessions_revoked AFTER UPDATE OF revoked_at ON sessions
WHEN old.revoked_at IS NULL AND new.revoked_at IS NOT NULL AND new.revoked_at <> new.updated_at BEGIN
  INSERT INTO totals (name, value) VALUES ('sessions', -1) ON CONFLICT (name) DO UPDATE SET value = value - 1;
END;

CREATE TRIGGER sessions_expired AFTER DELETE ON sessions WHEN old.revoked_at IS NULL BEGIN
  INSERT INTO totals (name, value, top) VALUES ('sessions', -1, old.seq)
  ON CONFLICT (name) DO UPDATE SET value = value - 1, top = max(top, excluded.top);
END;

-- The number of one that counted no longer is only kept where it was the highest.
CREATE TRIGGER sessions_removed AFTER DELETE ON sessions
WHEN old.revoked_at IS NOT NULL AND old.seq > coalesce((SELECT max(seq) FROM sessions), 0)
  AND old.seq > coalesce((SELECT top FROM totals WHERE name = 'sessions'), 0) BEGIN
  INSERT INTO totals (name, top) VALUES ('sessions', old.seq)
  ON CONFLICT (name) DO UPDATE SET top = max(top, excluded.top);
END;

-- Adds up the new lines of the log; whoever moves the mark forward does. The answer adds those that are newer.
CREATE TRIGGER activity_added AFTER UPDATE OF value ON totals WHEN new.name = 'activity' AND new.value > old.value BEGIN
  INSERT INTO usage (metric, period, value)
  SELECT metric, period, count(*) FROM activity_counted WHERE seq > old.value AND seq <= new.value AND metric IS NOT NULL
  GROUP BY metric, period
  ON CONFLICT (metric, period) DO UPDATE SET value = value + excluded.value;
  INSERT INTO totals (name, value)
  SELECT 'sessions', -count(*) FROM activity WHERE seq > old.value AND seq <= new.value AND event = 'session.delete'
  HAVING count(*) > 0
  ON CONFLICT (name) DO UPDATE SET value = value + excluded.value;
  UPDATE sessions SET updated_at = updated_at + 1
  WHERE revoked_at = updated_at AND id IN (SELECT resource_id FROM activity WHERE seq > old.value AND seq <= new.value AND event = 'session.delete');
END;

-- The cron trigger does it every minute; here for when it does not come, or much is written: no answer adds many lines. Not
-- those of the request that is writing: what they tell of may be yet to be done, later in its transaction.
CREATE TRIGGER activity_many AFTER INSERT ON activity WHEN new.seq % 1000 = 0 BEGIN
  INSERT INTO totals (name) SELECT 'activity' WHERE NOT EXISTS (SELECT 1 FROM totals WHERE name = 'activity');
  UPDATE totals SET value = done.seq
  FROM (SELECT max(seq) AS seq FROM activity WHERE seq <= new.seq AND (request_id <> new.request_id OR request_id = '')) AS done
  WHERE name = 'activity' AND value < done.seq;
END;

-- A line that recurs is counted at once, and as often as it does: it is no mutation's, and an upsert that updates fires no
-- trigger of an insert.
CREATE TRIGGER activity_recurring AFTER INSERT ON activity WHEN new.once IS NOT NULL BEGIN
  INSERT INTO usage (metric, period, value) VALUES (new.event, new.time - new.time % 1800000, new.count)
  ON CONFLICT (metric, period) DO UPDATE SET value = value + excluded.value;
END;

-- A line that goes before it is added up has counted all the same. Lines are numbered from the highest one that is there:
-- where that goes, the mark goes back to the one before it, last of all.
CREATE TRIGGER activity_removed AFTER DELETE ON activity
WHEN old.seq > coalesce((SELECT value FROM totals WHERE name = 'activity'), 0) OR old.seq > coalesce((SELECT max(seq) FROM activity), 0) BEGIN
  INSERT INTO usage (metric, period, value)
  SELECT old.event, old.time - old.time % 1800000, 1
  WHERE old.once IS NULL AND old.seq > coalesce((SELECT value FROM totals WHERE name = 'activity'), 0)
  ON CONFLICT (metric, period) DO UPDATE SET value = value + 1;
  INSERT INTO usage (metric, period, value)
  SELECT 'session.create.' || old.provider, old.time - old.time % 1800000, 1
  WHERE old.event = 'session.create' AND old.provider IS NOT NULL AND old.seq > coalesce((SELECT value FROM totals WHERE name = 'activity'), 0)
  ON CONFLICT (metric, period) DO UPDATE SET value = value + 1;
  INSERT INTO totals (name, value)
  SELECT 'sessions', -1
  WHERE old.event = 'session.delete' AND old.seq > coalesce((SELECT value FROM totals WHERE name = 'activity'), 0)
  ON CONFLICT (name) DO UPDATE SET value = value - 1;
  UPDATE totals SET value = coalesce((SELECT max(seq) FROM activity), 0)
  WHERE name = 'activity' AND value > coalesce((SELECT max(seq) FROM activity), 0);
END;

CREATE TRIGGER teams_inserted AFTER INSERT ON teams BEGIN
  INSERT INTO teams_search (rowid, id, name) SELECT seq, id, name FROM teams_found WHERE seq = new.seq;
  INSERT INTO totals (name, value) VALUES ('teams', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1;
  UPDATE teams SET name_key = lower(name) WHERE new.name_key IS NULL AND seq = new.seq;
  INSERT INTO stale_keys (kind, seq) SELECT 'teams', new.seq
  WHERE new.name_key IS NULL AND length(new.name) <> length(CAST(new.name AS BLOB));
END;

CREATE TRIGGER teams_deleted AFTER DELETE ON teams BEGIN
  DELETE FROM teams_search WHERE rowid = old.seq;
  UPDATE totals SET value = value - 1 WHERE name = 'teams';
END;

-- A user's e-mail address and phone number are targets of their own accord, however the user came to have them. Nobody
-- can have those that are another user's target, or an address of another user's identity. AFTER: what the UNIQUE indexes
-- of `users` refuse is told first. The errors are worded as those of UNIQUE indexes; each names the table that is in the
-- way beside the column. A target is stored where it can't be told: somebody gave its ID to another one, or an earlier
-- version made the user.
CREATE TRIGGER users_reached AFTER INSERT ON users WHEN new.email IS NOT NULL OR new.phone IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: targets.identifier, users.email')
  WHERE EXISTS (SELECT 1 FROM targets WHERE identifier = new.email AND provider_type = 'email');
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: targets.identifier, users.phone')
  WHERE EXISTS (SELECT 1 FROM targets WHERE identifier = new.phone AND provider_type = 'sms');
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: users.email, identities.provider_email')
  WHERE EXISTS (SELECT 1 FROM identities WHERE provider_email = new.email);
  UPDATE users SET stored_targets = 3 WHERE seq = new.seq AND stored_targets <> 3
    AND EXISTS (SELECT 1 FROM targets WHERE id IN ('e' || printf('%019d', new.seq), 'f' || printf('%019d', new.seq)));
  INSERT INTO targets (id, user_seq, provider_type, identifier, created_at, updated_at)
  SELECT lower(hex(randomblob(10))), new.seq, made.type, made.identifier, new.created_at, new.created_at
  FROM (SELECT 'email' AS type, 1 AS bit, new.email AS identifier UNION ALL SELECT 'sms', 2, new.phone) AS made
  WHERE made.identifier IS NOT NULL AND (SELECT stored_targets FROM users WHERE seq = new.seq) & made.bit;
END;

-- A changed address changes its target, and keeps that one's ID: from then on it is stored. Where the target is gone it is
-- made anew; where the user has a target of the new address already, the old one goes.
CREATE TRIGGER users_email_moved AFTER UPDATE OF email ON users WHEN old.email IS NOT new.email BEGIN
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: targets.identifier, users.email')
  WHERE EXISTS (SELECT 1 FROM targets WHERE identifier = new.email AND provider_type = 'email' AND user_seq <> new.seq);
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: users.email, identities.provider_email')
  WHERE EXISTS (SELECT 1 FROM identities WHERE provider_email = new.email AND user_seq <> new.seq);
  UPDATE users SET stored_targets = stored_targets | 1 WHERE seq = new.seq AND stored_targets & 1 = 0;
  INSERT INTO targets (seq, id, user_seq, provider_type, identifier, created_at, updated_at)
  SELECT -2 * new.seq - 1, 'e' || printf('%019d', new.seq), new.seq, 'email', new.email, new.created_at, new.updated_at
  WHERE old.stored_targets & 1 = 0 AND old.email IS NOT NULL AND new.email IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM targets WHERE identifier = new.email AND provider_type = 'email');
  DELETE FROM targets WHERE identifier = old.email AND user_seq = new.seq AND provider_type = 'email'
    AND (new.email IS NULL OR EXISTS (SELECT 1 FROM targets WHERE identifier = new.email AND provider_type = 'email'));
  UPDATE targets SET identifier = new.email, expired = false, updated_at = new.updated_at
  WHERE identifier = old.email AND user_seq = new.seq AND provider_type = 'email';
  INSERT INTO targets (id, user_seq, provider_type, identifier, created_at, updated_at)
  SELECT lower(hex(randomblob(10))), new.seq, 'email', new.email, new.updated_at, new.updated_at
  WHERE new.email IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM targets WHERE identifier = new.email AND provider_type = 'email');
END;

CREATE TRIGGER users_phone_moved AFTER UPDATE OF phone ON users WHEN old.phone IS NOT new.phone BEGIN
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: targets.identifier, users.phone')
  WHERE EXISTS (SELECT 1 FROM targets WHERE identifier = new.phone AND provider_type = 'sms' AND user_seq <> new.seq);
  UPDATE users SET stored_targets = stored_targets | 2 WHERE seq = new.seq AND stored_targets & 2 = 0;
  INSERT INTO targets (seq, id, user_seq, provider_type, identifier, created_at, updated_at)
  SELECT -2 * new.seq, 'f' || printf('%019d', new.seq), new.seq, 'sms', new.phone, new.created_at, new.updated_at
  WHERE old.stored_targets & 2 = 0 AND old.phone IS NOT NULL AND new.phone IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM targets WHERE identifier = new.phone AND provider_type = 'sms');
  DELETE FROM targets WHERE identifier = old.phone AND user_seq = new.seq AND provider_type = 'sms'
    AND (new.phone IS NULL OR EXISTS (SELECT 1 FROM targets WHERE identifier = new.phone AND provider_type = 'sms'));
  UPDATE targets SET identifier = new.phone, expired = false, updated_at = new.updated_at
  WHERE identifier = old.phone AND user_seq = new.seq AND provider_type = 'sms';
  INSERT INTO targets (id, user_seq, provider_type, identifier, created_at, updated_at)
  SELECT lower(hex(randomblob(10))), new.seq, 'sms', new.phone, new.updated_at, new.updated_at
  WHERE new.phone IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM targets WHERE identifier = new.phone AND provider_type = 'sms');
END;

-- What is told from a user's row is taken like what is stored: the address or number, and the ID. A target that is told
-- and is to be stored has a number below zero, which the user's makes: before all others of its user.
CREATE TRIGGER targets_told BEFORE INSERT ON targets WHEN new.seq IS NULL OR new.seq >= -1 BEGIN
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: targets.identifier, targets.provider_type')
  WHERE (new.provider_type = 'email' AND EXISTS (SELECT 1 FROM users WHERE email = new.identifier AND stored_targets & 1 = 0))
    OR (new.provider_type = 'sms' AND EXISTS (SELECT 1 FROM users WHERE phone = new.identifier AND stored_targets & 2 = 0));
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: targets.id')
  WHERE new.id GLOB '[ef]0*' AND EXISTS (SELECT 1 FROM users WHERE seq = CAST(substr(new.id, 2) AS INTEGER)
    AND ((new.id = 'e' || printf('%019d', seq) AND email IS NOT NULL AND stored_targets & 1 = 0)
      OR (new.id = 'f' || printf('%019d', seq) AND phone IS NOT NULL AND stored_targets & 2 = 0)));
END;

CREATE TRIGGER targets_moved_to_told BEFORE UPDATE OF identifier ON targets WHEN new.identifier <> old.identifier BEGIN
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: targets.identifier, targets.provider_type')
  WHERE (new.provider_type = 'email' AND EXISTS (SELECT 1 FROM users WHERE email = new.identifier AND stored_targets & 1 = 0))
    OR (new.provider_type = 'sms' AND EXISTS (SELECT 1 FROM users WHERE phone = new.identifier AND stored_targets & 2 = 0));
END;

CREATE TRIGGER targets_stored AFTER INSERT ON targets WHEN new.seq < 0 BEGIN
  UPDATE users SET stored_targets = stored_targets | iif(new.provider_type = 'email', 1, 2)
  WHERE seq = new.user_seq AND stored_targets & iif(new.provider_type = 'email', 1, 2) = 0;
END;

-- Small writes leave an index in many parts, each of which a search reads. The cron trigger merges a little of them at a
-- time (src/lists/mergeIndexes.ts): as soon as there are two of a size, instead of four.
INSERT INTO users_search (users_search, rank) VALUES ('usermerge', 2);
INSERT INTO teams_search (teams_search, rank) VALUES ('usermerge', 2);
INSERT INTO identities_search (identities_search, rank) VALUES ('usermerge', 2);
INSERT INTO memberships_search (memberships_search, rank) VALUES ('usermerge', 2);
