-- Hand-written: an address or number is one user's, as a target too. What a target's identifier means depends on its
-- type: a device's token that reads like an address is none, and stands in nobody's way.

DROP INDEX targets_identifier_unique;
CREATE UNIQUE INDEX `targets_once` ON `targets` (`identifier`,`provider_type`);

DROP TRIGGER users_reached;
DROP TRIGGER users_email_moved;
DROP TRIGGER users_phone_moved;
DROP TRIGGER users_email_of_identity;
DROP TRIGGER users_email_moved_to_identity;

-- A user's e-mail address and phone number are targets of their own accord, however the user came to have them. Nobody
-- can have those that are another user's target, or an address of another user's identity. AFTER: what the UNIQUE indexes
-- of `users` refuse is told first. The errors are worded as those of UNIQUE indexes; each names the table that is in the
-- way beside the column.
CREATE TRIGGER users_reached AFTER INSERT ON users WHEN new.email IS NOT NULL OR new.phone IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: targets.identifier, users.email')
  WHERE EXISTS (SELECT 1 FROM targets WHERE identifier = new.email AND provider_type = 'email');
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: targets.identifier, users.phone')
  WHERE EXISTS (SELECT 1 FROM targets WHERE identifier = new.phone AND provider_type = 'sms');
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: users.email, identities.provider_email')
  WHERE EXISTS (SELECT 1 FROM identities WHERE provider_email = new.email);
  INSERT INTO targets (id, user_seq, provider_type, identifier, created_at, updated_at)
  SELECT lower(hex(randomblob(10))), new.seq, made.type, made.identifier, new.created_at, new.created_at
  FROM (SELECT 'email' AS type, new.email AS identifier UNION ALL SELECT 'sms', new.phone) AS made
  WHERE made.identifier IS NOT NULL;
END;

-- A changed address changes its target, and keeps that one's ID. Where the target is gone it is made anew; where the
-- user has a target of the new address already, the old one goes.
CREATE TRIGGER users_email_moved AFTER UPDATE OF email ON users WHEN old.email IS NOT new.email BEGIN
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: targets.identifier, users.email')
  WHERE EXISTS (SELECT 1 FROM targets WHERE identifier = new.email AND provider_type = 'email' AND user_seq <> new.seq);
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: users.email, identities.provider_email')
  WHERE EXISTS (SELECT 1 FROM identities WHERE provider_email = new.email AND user_seq <> new.seq);
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
  DELETE FROM targets WHERE identifier = old.phone AND user_seq = new.seq AND provider_type = 'sms'
    AND (new.phone IS NULL OR EXISTS (SELECT 1 FROM targets WHERE identifier = new.phone AND provider_type = 'sms'));
  UPDATE targets SET identifier = new.phone, expired = false, updated_at = new.updated_at
  WHERE identifier = old.phone AND user_seq = new.seq AND provider_type = 'sms';
  INSERT INTO targets (id, user_seq, provider_type, identifier, created_at, updated_at)
  SELECT lower(hex(randomblob(10))), new.seq, 'sms', new.phone, new.updated_at, new.updated_at
  WHERE new.phone IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM targets WHERE identifier = new.phone AND provider_type = 'sms');
END;

-- Users that have no target of their address or number because a device's token reads like it.
INSERT INTO targets (id, user_seq, provider_type, identifier, created_at, updated_at)
SELECT lower(hex(randomblob(10))), users.seq, 'email', users.email, users.created_at, users.created_at
FROM targets AS device JOIN users ON users.email = device.identifier
WHERE device.provider_type = 'push'
UNION ALL
SELECT lower(hex(randomblob(10))), users.seq, 'sms', users.phone, users.created_at, users.created_at
FROM targets AS device JOIN users ON users.phone = device.identifier
WHERE device.provider_type = 'push';
