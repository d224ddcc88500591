import { type SQL, sql } from 'drizzle-orm';

/** The factors of a session with one more, each once, for an update of `sessions`. */
export function withFactor(factor: 'totp' | 'recoverycode'): SQL {
  return sql`CASE WHEN EXISTS (SELECT 1 FROM json_each(sessions.factors) WHERE value = ${factor})
    THEN sessions.factors ELSE json_insert(sessions.factors, '$[#]', ${factor}) END`;
}
