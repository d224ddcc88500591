-- Hand-written: what Drizzle's schema can't say.

-- Search finds users by their labels too: as `label:vip`, so that both `vip` and `label:vip` are found.
DROP TRIGGER users_inserted;
DROP TRIGGER users_found_by_changed;
DROP TABLE users_search_terms;
DROP TABLE users_search;

CREATE VIRTUAL TABLE users_search USING fts5(
  id, name, email, phone, labels,
  content = '', contentless_delete = 1, tokenize = 'trigram'
);
CREATE VIRTUAL TABLE users_search_terms USING fts5vocab('users_search', 'row');

INSERT INTO users_search (rowid, id, name, email, phone, labels)
SELECT
  seq, id || x'1f1f', name || x'1f1f', coalesce(email || x'1f1f', ''), coalesce(phone || x'1f1f', ''),
  (SELECT coalesce(group_concat('label:' || value || x'1f1f', ''), '') FROM json_each(users.labels))
FROM users;

CREATE TRIGGER users_inserted AFTER INSERT ON users BEGIN
  INSERT INTO users_search (rowid, id, name, email, phone, labels) VALUES (
    new.seq, new.id || x'1f1f', new.name || x'1f1f',
    coalesce(new.email || x'1f1f', ''), coalesce(new.phone || x'1f1f', ''),
    (SELECT coalesce(group_concat('label:' || value || x'1f1f', ''), '') FROM json_each(new.labels))
  );
  UPDATE counters SET value = value + 1 WHERE name = 'users';
END;

-- OF: an update of anything else leaves the search index alone and costs one row written.
CREATE TRIGGER users_found_by_changed AFTER UPDATE OF id, name, email, phone, labels ON users BEGIN
  UPDATE users_search SET
    id = new.id || x'1f1f', name = new.name || x'1f1f',
    email = coalesce(new.email || x'1f1f', ''), phone = coalesce(new.phone || x'1f1f', ''),
    labels = (SELECT coalesce(group_concat('label:' || value || x'1f1f', ''), '') FROM json_each(new.labels))
  WHERE rowid = new.seq;
END;

-- A user's e-mail address and phone number are targets of their own accord, however the user came to have them. An
-- address that is a target already, of whomever, gets no second one when a user is made with it, as in Appwrite.
CREATE TRIGGER users_reached AFTER INSERT ON users WHEN new.email IS NOT NULL OR new.phone IS NOT NULL BEGIN
  INSERT INTO targets (id, user_seq, provider_type, identifier, created_at, updated_at)
  SELECT lower(hex(randomblob(10))), new.seq, made.type, made.identifier, new.created_at, new.created_at
  FROM (SELECT 'email' AS type, new.email AS identifier UNION ALL SELECT 'sms', new.phone) AS made
  WHERE made.identifier IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM targets WHERE targets.identifier = made.identifier);
END;

-- A changed address changes its target, and keeps that one's ID. Where the target is gone it is made anew; where the
-- user has a target of the new address already, the old one goes. That of another user refuses the change: UNIQUE.
CREATE TRIGGER users_email_moved AFTER UPDATE OF email ON users WHEN old.email IS NOT new.email BEGIN
  DELETE FROM targets WHERE identifier = old.email AND user_seq = new.seq AND provider_type = 'email'
    AND (new.email IS NULL OR EXISTS (SELECT 1 FROM targets WHERE identifier = new.email
      AND user_seq = new.seq AND provider_type = 'email'));
  UPDATE targets SET identifier = new.email, expired = false, updated_at = new.updated_at
  WHERE identifier = old.email AND user_seq = new.seq AND provider_type = 'email';
  INSERT INTO targets (id, user_seq, provider_type, identifier, created_at, updated_at)
  SELECT lower(hex(randomblob(10))), new.seq, 'email', new.email, new.updated_at, new.updated_at
  WHERE new.email IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM targets WHERE identifier = new.email AND user_seq = new.seq);
END;

CREATE TRIGGER users_phone_moved AFTER UPDATE OF phone ON users WHEN old.phone IS NOT new.phone BEGIN
  DELETE FROM targets WHERE identifier = old.phone AND user_seq = new.seq AND provider_type = 'sms'
    AND (new.phone IS NULL OR EXISTS (SELECT 1 FROM targets WHERE identifier = new.phone
      AND user_seq = new.seq AND provider_type = 'sms'));
  UPDATE targets SET identifier = new.phone, expired = false, updated_at = new.updated_at
  WHERE identifier = old.phone AND user_seq = new.seq AND provider_type = 'sms';
  INSERT INTO targets (id, user_seq, provider_type, identifier, created_at, updated_at)
  SELECT lower(hex(randomblob(10))), new.seq, 'sms', new.phone, new.updated_at, new.updated_at
  WHERE new.phone IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM targets WHERE identifier = new.phone AND user_seq = new.seq);
END;

INSERT INTO targets (id, user_seq, provider_type, identifier, created_at, updated_at)
SELECT lower(hex(randomblob(10))), seq, 'email', email, created_at, created_at FROM users WHERE email IS NOT NULL
UNION ALL
SELECT lower(hex(randomblob(10))), seq, 'sms', phone, created_at, created_at FROM users WHERE phone IS NOT NULL;

-- The address of a user's identity is the user's as much as its own: nobody else can have it. The errors are worded as
-- those of the UNIQUE indexes, which they extend.
CREATE TRIGGER users_email_of_identity BEFORE INSERT ON users WHEN new.email IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: users.email')
  WHERE EXISTS (SELECT 1 FROM identities WHERE provider_email = new.email);
END;

CREATE TRIGGER users_email_moved_to_identity BEFORE UPDATE OF email ON users
WHEN new.email IS NOT NULL AND old.email IS NOT new.email BEGIN
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: users.email')
  WHERE EXISTS (SELECT 1 FROM identities WHERE provider_email = new.email AND user_seq <> new.seq);
END;

CREATE TRIGGER identities_email_of_user BEFORE INSERT ON identities WHEN new.provider_email <> '' BEGIN
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: users.email')
  WHERE EXISTS (SELECT 1 FROM users WHERE email = new.provider_email AND seq <> new.user_seq)
    OR EXISTS (SELECT 1 FROM identities WHERE provider_email = new.provider_email AND user_seq <> new.user_seq);
END;

-- Identities are found by any part of what names them.
CREATE VIRTUAL TABLE identities_search USING fts5(
  id, provider, provider_uid, provider_email,
  content = '', contentless_delete = 1, tokenize = 'trigram'
);
CREATE VIRTUAL TABLE identities_search_terms USING fts5vocab('identities_search', 'row');

CREATE TRIGGER identities_inserted AFTER INSERT ON identities BEGIN
  INSERT INTO identities_search (rowid, id, provider, provider_uid, provider_email) VALUES (
    new.seq, new.id || x'1f1f', new.provider || x'1f1f', new.provider_uid || x'1f1f', new.provider_email || x'1f1f'
  );
END;

CREATE TRIGGER identities_deleted AFTER DELETE ON identities BEGIN
  DELETE FROM identities_search WHERE rowid = old.seq;
END;
