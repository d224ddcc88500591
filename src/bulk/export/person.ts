import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { logColumns } from '../../activity/columns';
import { selectUserSeq } from '../../db/expressions';
import {
  activity,
  authenticators,
  identities,
  memberships,
  networks,
  recoveryCodes,
  sessions,
  targets,
  tokens,
  users,
} from '../../db/schema';
import { onlyTargetsOf } from '../../db/toldTargets';
import { identityColumns } from '../../identities';
import type { Context } from '../../request/context';
import { isLive, MAX_LISTED } from '../../sessionStore';
import { targetColumns } from '../../targets';
import { membershipsWhere } from '../../teams';
import { selectUser } from '../../users';

/** Rows of a kind that are read at once. */
export const PAGE = 250;

/**
 * The statements that read what is kept about one person. Those of a page take the sequence that their rows follow: 0
 * for the first, in ascending order.
 */
export function personStatements(context: Context, userId: string) {
  const { db } = context;
  const owner = sql`(${selectUserSeq(db, userId)})`;
  const logs = (which: ReturnType<typeof sql>, after: number) =>
    db
      .select({
        ...logColumns,
        userName: sql<string | null>`${users.name}`.as('user_name'),
        userEmail: sql<string | null>`${users.email}`.as('user_email'),
      })
      .from(activity)
      .leftJoin(users, eq(users.seq, activity.userSeq))
      .where(and(which, gt(activity.seq, after)))
      .orderBy(asc(activity.seq))
      .limit(PAGE);
  return {
    user: selectUser(context, userId),
    sessions: db
      .select()
      .from(sessions)
      .where(and(eq(sessions.userSeq, owner), isLive(context)))
      .orderBy(asc(sessions.seq))
      .limit(MAX_LISTED),
    tokens: db
      .select({ id: tokens.id, createdAt: tokens.createdAt, expire: tokens.expire })
      .from(tokens)
      .where(eq(tokens.userSeq, owner))
      .limit(PAGE),
    authenticators: db.select().from(authenticators).where(eq(authenticators.userSeq, owner)),
    recoveryCodes: db
      .select({ count: sql<number>`count(*)`.as('count') })
      .from(recoveryCodes)
      .where(eq(recoveryCodes.userSeq, owner)),
    networks: db.select().from(networks).where(eq(networks.userSeq, owner)).limit(PAGE),
    targets: (after: number) =>
      db
        .select({ ...targetColumns(userId), seq: targets.seq })
        .from(onlyTargetsOf(userId))
        .where(gt(targets.seq, after))
        .orderBy(asc(targets.seq))
        .limit(PAGE),
    identities: (after: number) =>
      db
        .select({ ...identityColumns, seq: identities.seq })
        .from(identities)
        .innerJoin(users, eq(users.seq, identities.userSeq))
        .where(and(eq(identities.userSeq, owner), gt(identities.seq, after)))
        .orderBy(asc(identities.seq))
        .limit(PAGE),
    memberships: (after: number) => {
      const { select, where } = membershipsWhere(sql`${memberships.userSeq} = ${owner}`);
      return select(db)
        .where(and(where, gt(memberships.seq, after)))
        .orderBy(asc(memberships.seq))
        .limit(PAGE);
    },
    /** What happened to the user, whoever did it. */
    logs: (after: number) => logs(eq(activity.userSeq, owner), after),
    /** What the user did to others. */
    actions: (after: number) => logs(eq(activity.actorSeq, owner), after),
  };
}
