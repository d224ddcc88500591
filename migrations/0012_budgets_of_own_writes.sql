-- Hand-written: a trigger. What another user read of a user by acting as others is in the log of the one that was read,
-- and was taken from its budget; where that was spent, the line was lost.
DROP TRIGGER `activity_spends`;--> statement-breakpoint
-- What users do themselves, but for signing in and out, spends of a budget: 60 at once, and one more each second. It is
-- spent by the activity row that each of those writes in its own transaction, once for each request, so none can be
-- forgotten; and what is beyond the budget is undone with all the rest of its transaction.
CREATE TRIGGER activity_spends AFTER INSERT ON activity
WHEN new.actor_type = 'user' AND new.actor_seq IS NULL AND new.user_seq > 0
  AND new.event NOT IN ('session.create', 'session.delete') BEGIN
  INSERT INTO budgets (user_seq, spent_until, request)
  VALUES (new.user_seq, new.time + 1000, new.request_id || ' ' || new.time)
  ON CONFLICT (user_seq) DO UPDATE SET
    spent_until = max(spent_until, new.time) + 1000, request = excluded.request
  WHERE request <> excluded.request;
  SELECT RAISE(ABORT, 'budget of the user exceeded') FROM budgets
  WHERE user_seq = new.user_seq AND spent_until > new.time + 60000;
END;
