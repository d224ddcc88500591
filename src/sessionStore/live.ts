import { type SQL, sql } from 'drizzle-orm';
import type { Config } from '../config';
import { sessions } from '../db/schema';
import type { Store } from './store';

type Limits = Pick<Config, 'SESSION_MAX_LIFETIME' | 'SESSION_IDLE_LIMIT'>;
type Times = Pick<typeof sessions.$inferSelect, 'expire' | 'createdAt' | 'usedAt'>;

/** That a session lives, over its row: it is not revoked, not over, and was used lately enough. */
export function isLive({ config, now }: { readonly config: Limits; readonly now: number }): SQL {
  const { SESSION_MAX_LIFETIME: longest, SESSION_IDLE_LIMIT: idle } = config;
  const { revokedAt, expire, createdAt, usedAt } = sessions;
  return sql.join(
    [
      sql`${revokedAt} IS NULL AND ${expire} > ${now}`,
      ...(longest > 0 ? [sql`${createdAt} > ${now - longest * 1000}`] : []),
      ...(idle > 0 ? [sql`max(${usedAt}, ${createdAt}) > ${now - idle * 1000}`] : []),
    ],
    sql` AND `,
  );
}

/** When a session is over at the latest, milliseconds: one that was made under a higher limit too. */
export function endOf({ SESSION_MAX_LIFETIME: longest }: Limits, { expire, createdAt }: Times): number {
  return longest > 0 ? Math.min(expire, createdAt + longest * 1000) : expire;
}

/** When a session is over if nobody uses it, milliseconds. */
export function idleEndOf(config: Limits, session: Times): number {
  const { SESSION_IDLE_LIMIT: idle } = config;
  const lastUse = Math.max(session.usedAt, session.createdAt);
  return idle > 0 ? Math.min(endOf(config, session), lastUse + idle * 1000) : endOf(config, session);
}

/** What `expire` becomes when a session is extended, over its row: its lifetime anew, but never more than the longest. */
export function extendedEnd({ config, now }: Pick<Store, 'config' | 'now'>): SQL<number> {
  const { SESSION_DURATION, SESSION_MAX_LIFETIME: longest } = config;
  const anew = now + SESSION_DURATION * 1000;
  if (longest === 0) return sql<number>`${anew}`;
  return sql<number>`min(${anew}, ${sessions.createdAt} + ${longest * 1000})`;
}
