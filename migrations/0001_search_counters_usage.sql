-- Hand-written: what Drizzle's schema can't say.

-- Substring search over ID, name, e-mail and phone: trigrams of the case-folded text. Contentless: it answers with
-- row IDs only, and the text itself is stored once, in `users`. Two closing marks (U+001F) behind each value make a
-- trigram start at its every character, so that a term of one or two characters can be found by prefix in
-- `users_search_terms`.
CREATE VIRTUAL TABLE users_search USING fts5(
  id, name, email, phone,
  content = '', contentless_delete = 1, tokenize = 'trigram'
);

CREATE VIRTUAL TABLE users_search_terms USING fts5vocab('users_search', 'row');

INSERT INTO counters (name, value) VALUES ('users', 0), ('sessions', 0), ('teams', 0);

CREATE VIRTUAL TABLE teams_search USING fts5(
  id, name,
  content = '', contentless_delete = 1, tokenize = 'trigram'
);
CREATE VIRTUAL TABLE teams_search_terms USING fts5vocab('teams_search', 'row');
CREATE TRIGGER users_inserted AFTER INSERT ON users BEGIN
  INSERT INTO users_search (rowid, id, name, email, phone) VALUES (
    new.seq, new.id || x'1f1f', new.name || x'1f1f',
    coalesce(new.email || x'1f1f', ''), coalesce(new.phone || x'1f1f', '')
  );
  UPDATE counters SET value = value + 1 WHERE name = 'users';
END;

-- OF: an update of anything else leaves the search index alone and costs one row written.
CREATE TRIGGER users_found_by_changed AFTER UPDATE OF id, name, email, phone ON users BEGIN
  UPDATE users_search SET
    id = new.id || x'1f1f', name = new.name || x'1f1f',
    email = coalesce(new.email || x'1f1f', ''), phone = coalesce(new.phone || x'1f1f', '')
  WHERE rowid = new.seq;
END;

CREATE TRIGGER users_deleted AFTER DELETE ON users BEGIN
  DELETE FROM users_search WHERE rowid = old.seq;
  UPDATE counters SET value = value - 1 WHERE name = 'users';
END;

-- Live sessions: a revoked one stops counting when it is revoked, an expired one when it is removed.
CREATE TRIGGER sessions_inserted AFTER INSERT ON sessions BEGIN
  UPDATE counters SET value = value + 1 WHERE name = 'sessions';
  INSERT INTO usage (metric, period, value)
  VALUES ('session.create.' || new.provider, new.created_at - new.created_at % 1800000, 1)
  ON CONFLICT (metric, period) DO UPDATE SET value = value + 1;
END;

CREATE TRIGGER sessions_revoked AFTER UPDATE OF revoked_at ON sessions
WHEN old.revoked_at IS NULL AND new.revoked_at IS NOT NULL BEGIN
  UPDATE counters SET value = value - 1 WHERE name = 'sessions';
END;

CREATE TRIGGER sessions_expired AFTER DELETE ON sessions WHEN old.revoked_at IS NULL BEGIN
  UPDATE counters SET value = value - 1 WHERE name = 'sessions';
END;

-- Every mutation writes its activity row, so usage can be counted here, once for all of them.
CREATE TRIGGER activity_inserted AFTER INSERT ON activity BEGIN
  INSERT INTO usage (metric, period, value) VALUES (new.event, new.time - new.time % 1800000, 1)
  ON CONFLICT (metric, period) DO UPDATE SET value = value + 1;
END;

-- A team's total is its number of confirmed members, in the same transaction as any change of them.
CREATE TRIGGER memberships_inserted AFTER INSERT ON memberships WHEN new.confirm BEGIN
  UPDATE teams SET total = total + 1 WHERE seq = new.team_seq;
END;

CREATE TRIGGER memberships_confirmed AFTER UPDATE OF confirm ON memberships WHEN old.confirm <> new.confirm BEGIN
  UPDATE teams SET total = total + (new.confirm - old.confirm) WHERE seq = new.team_seq;
END;

CREATE TRIGGER memberships_deleted AFTER DELETE ON memberships WHEN old.confirm BEGIN
  UPDATE teams SET total = total - 1 WHERE seq = old.team_seq;
END;

CREATE TRIGGER teams_inserted AFTER INSERT ON teams BEGIN
  INSERT INTO teams_search (rowid, id, name) VALUES (new.seq, new.id || x'1f1f', new.name || x'1f1f');
  UPDATE counters SET value = value + 1 WHERE name = 'teams';
END;

CREATE TRIGGER teams_found_by_changed AFTER UPDATE OF id, name ON teams BEGIN
  UPDATE teams_search SET id = new.id || x'1f1f', name = new.name || x'1f1f' WHERE rowid = new.seq;
END;

CREATE TRIGGER teams_deleted AFTER DELETE ON teams BEGIN
  DELETE FROM teams_search WHERE rowid = old.seq;
  UPDATE counters SET value = value - 1 WHERE name = 'teams';
END;
