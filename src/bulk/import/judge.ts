import { type SQL, sql } from 'drizzle-orm';
import { isAllowed } from '../../request/caller';
import type { Context } from '../../request/context';
import type { Candidate } from './stored';

/*
 * One expression judges the rows of a transaction, by the very state that the statements beside it write to: whom each row
 * is about, and what stands in its way. Whatever stands in the way of one, no unique index has to refuse, so that no row
 * harms another. Rows of one transaction claim nothing of each other's (claims.ts).
 */

/** What can stand in a row's way; `team …` names the one that there is not. */
export type Problem =
  | 'again'
  | 'entrance'
  | 'email'
  | 'phone'
  | 'email target'
  | 'phone target'
  | 'email identity'
  | 'target'
  | 'identity'
  | 'identity email'
  | 'membership'
  | `team ${string}`;

interface Judging {
  /** Whether a row that somebody has already is to be written all the same. */
  readonly overwrites: boolean;
  readonly createTeams: boolean;
}

/**
 * The rows as a table `judged`: `i`, where a row stands; `row`, its JSON; `m`, the sequence of the user that it is about,
 * null for a new one; `by`, what that one is known by; `problem`, null where there is none.
 * @param rows the candidates' keys, or more of them, as JSON
 * @param only which of them, over a row of `json_each`
 */
export function judged(
  context: Pick<Context, 'caller'>,
  rows: string,
  candidates: readonly Candidate[],
  { overwrites, createTeams }: Judging,
  only?: SQL,
): SQL {
  const hasAny = (of: 'targets' | 'identities' | 'memberships') =>
    candidates.some(({ keys }) => keys[of].length > 0);
  const isBarred = context.caller.type === 'key' && !isAllowed(context.caller, ['users.read']);
  const problems = [
    ...(overwrites ? [sql`WHEN m IS NOT NULL AND nth > 1 THEN 'again'`] : []),
    ...(overwrites && isBarred ? [ENTRANCE] : []),
    OWN,
    ...(hasAny('targets') ? [TARGETS] : []),
    ...(hasAny('identities') ? [IDENTITIES] : []),
    ...(hasAny('memberships') ? [MEMBERSHIPS] : []),
    ...(hasAny('memberships') && !createTeams ? [TEAMS] : []),
  ];
  // Rows are numbered where several may be about one user; else they come as they stand.
  const nth = overwrites
    ? sql`, row_number() OVER (PARTITION BY coalesce(by_id, by_email, by_phone) ORDER BY i) AS nth`
    : sql``;
  return sql`(WITH import_found AS MATERIALIZED (
      SELECT key AS i, value AS row,
        (SELECT users.seq FROM users WHERE users.id = value ->> 'id') AS by_id,
        (SELECT users.seq FROM users WHERE users.email = value ->> 'email') AS by_email,
        (SELECT users.seq FROM users WHERE users.phone = value ->> 'phone') AS by_phone
      FROM json_each(${rows})${only === undefined ? sql`` : sql` WHERE ${only}`}),
    import_matched AS (
      SELECT i, row, coalesce(by_id, by_email, by_phone) AS m, by_email, by_phone,
        iif(by_id IS NOT NULL, 'id', iif(by_email IS NOT NULL, 'email', iif(by_phone IS NOT NULL, 'phone', NULL))) AS by${nth}
      FROM import_found)
    SELECT i, row, m, by, CASE ${sql.join(problems, sql` `)} ELSE NULL END AS problem FROM import_matched
    ${overwrites ? sql`ORDER BY i` : sql``}) AS judged`;
}

const ENTRANCE = sql`WHEN row ->> 'enters' AND (SELECT users.impersonator FROM users WHERE users.seq = m) THEN 'entrance'`;

const OWN = sql`WHEN by_email <> m THEN 'email'
  WHEN by_phone <> m THEN 'phone'
  WHEN EXISTS (SELECT 1 FROM targets WHERE identifier = row ->> 'email' AND provider_type = 'email' AND user_seq IS NOT m)
    THEN 'email target'
  WHEN EXISTS (SELECT 1 FROM targets WHERE identifier = row ->> 'phone' AND provider_type = 'sms' AND user_seq IS NOT m)
    THEN 'phone target'
  WHEN EXISTS (SELECT 1 FROM identities WHERE provider_email = row ->> 'email' AND user_seq IS NOT m)
    THEN 'email identity'`;

/** A target's ID can stay that of the user's own target, of its type, if no other one of them has the identifier. */
const TARGETS = sql`WHEN EXISTS (SELECT 1 FROM json_each(row, '$.targets') AS t WHERE
    EXISTS (SELECT 1 FROM targets WHERE targets.id = t.value ->> 'id' AND (user_seq IS NOT m
      OR provider_type <> t.value ->> 'type'
      OR EXISTS (SELECT 1 FROM targets AS twin WHERE twin.identifier = t.value ->> 'identifier'
        AND twin.provider_type = t.value ->> 'type' AND twin.seq <> targets.seq)))
    OR EXISTS (SELECT 1 FROM targets WHERE identifier = t.value ->> 'identifier'
      AND provider_type = t.value ->> 'type' AND user_seq IS NOT m)
    OR EXISTS (SELECT 1 FROM users WHERE t.value ->> 'type' = 'email' AND users.email = t.value ->> 'identifier'
      AND users.seq IS NOT m)
    OR EXISTS (SELECT 1 FROM users WHERE t.value ->> 'type' = 'sms' AND users.phone = t.value ->> 'identifier'
      AND users.seq IS NOT m))
  THEN 'target'`;

const IDENTITIES = sql`WHEN EXISTS (SELECT 1 FROM json_each(row, '$.identities') AS t WHERE
    EXISTS (SELECT 1 FROM identities WHERE identities.id = t.value ->> 'id' AND (user_seq IS NOT m
      OR provider <> t.value ->> 'provider' OR provider_uid <> t.value ->> 'uid'))
    OR EXISTS (SELECT 1 FROM identities WHERE provider = t.value ->> 'provider' AND provider_uid = t.value ->> 'uid'
      AND user_seq IS NOT m))
  THEN 'identity'
  WHEN EXISTS (SELECT 1 FROM json_each(row, '$.identities') AS t WHERE t.value ->> 'email' <> '' AND (
    EXISTS (SELECT 1 FROM users WHERE users.email = t.value ->> 'email' AND users.seq IS NOT m)
    OR EXISTS (SELECT 1 FROM identities WHERE provider_email = t.value ->> 'email' AND user_seq IS NOT m)))
  THEN 'identity email'`;

const MEMBERSHIPS = sql`WHEN EXISTS (SELECT 1 FROM json_each(row, '$.memberships') AS t CROSS JOIN memberships
    ON memberships.id = t.value ->> 'id' WHERE memberships.user_seq IS NOT m
      OR memberships.team_seq IS NOT (SELECT teams.seq FROM teams WHERE teams.id = t.value ->> 'team'))
  THEN 'membership'`;

const TEAMS = sql`WHEN EXISTS (SELECT 1 FROM json_each(row, '$.memberships') AS t
    WHERE NOT EXISTS (SELECT 1 FROM teams WHERE teams.id = t.value ->> 'team'))
  THEN 'team ' || (SELECT t.value ->> 'team' FROM json_each(row, '$.memberships') AS t
    WHERE NOT EXISTS (SELECT 1 FROM teams WHERE teams.id = t.value ->> 'team') LIMIT 1)`;

/** What was decided of a row. */
export interface Verdict {
  readonly i: number;
  readonly problem: Problem | null;
  /** What somebody that there is already is known by; null for nobody. */
  readonly by: 'id' | 'email' | 'phone' | null;
  /** The ID of that user. */
  readonly userId: string | null;
}

/** That a row has made no user in this transaction: for the rows that there is something to tell of. */
export function notMade(mark: number): SQL {
  return sql`NOT EXISTS (SELECT 1 FROM users AS made WHERE made.id = value ->> 'id' AND made.valid_from = ${mark})`;
}

/** Reads what was decided of rows. */
export function selectVerdicts({ db }: Pick<Context, 'db'>, table: SQL) {
  return db
    .select({
      i: sql<number>`judged.i`.as('i'),
      problem: sql<Problem | null>`judged.problem`.as('problem'),
      by: sql<Verdict['by']>`judged.by`.as('by'),
      userId: sql<string | null>`(SELECT users.id FROM users WHERE users.seq = judged.m)`.as('user_id'),
    })
    .from(table);
}
