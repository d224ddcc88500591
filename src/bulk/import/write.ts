import type { Context } from '../../request/context';
import { dropCopies } from '../../sessionStore';
import { createUsers, newMark } from './create';
import { judged, notMade, selectVerdicts, type Verdict } from './judge';
import { overwriteUsers, revokeOverwritten } from './overwrite';
import type { Candidate } from './stored';

export interface WriteOptions {
  readonly overwrites: boolean;
  readonly createTeams: boolean;
  /** Only judges. */
  readonly dryRun: boolean;
}

/** What there is of a row: SQLite looks through the fields of its JSON for each that it reads, and finds no null. */
function told(row: object): Record<string, unknown> {
  const some: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(row)) {
    if (value !== null && !(Array.isArray(value) && value.length === 0)) some[field] = value;
  }
  return some;
}

/**
 * Judges the rows, and writes in the same transaction those that nothing stands in the way of. A row of which nothing is
 * told has made a user.
 */
export async function write(
  context: Context,
  candidates: readonly Candidate[],
  options: WriteOptions,
): Promise<readonly Verdict[]> {
  const { db } = context;
  const { createTeams } = options;
  const keys = JSON.stringify(candidates.map((candidate) => told(candidate.keys)));
  const all = JSON.stringify(candidates.map(({ keys, columns }) => told({ ...keys, ...columns })));
  const byKeys = judged(context, keys, candidates, options);
  const full = judged(context, all, candidates, options);
  const verdicts = selectVerdicts(context, byKeys);
  if (options.dryRun) return verdicts;

  const mark = newMark();
  const creation = createUsers(context, candidates, { judged: full, keys, mark, createTeams });
  if (!options.overwrites) {
    // Judged once more are those alone that were not made: none claims what another one of them has got.
    const others = judged(context, keys, candidates, options, notMade(mark));
    const [made, record, ...rest] = creation;
    const [, , verdicts] = await db.batch([made, record, selectVerdicts(context, others), ...rest]);
    return verdicts;
  }
  const revoked = revokeOverwritten(context, full, mark);
  const overwriting = overwriteUsers(context, candidates, { judged: byKeys, full, mark, createTeams });
  const [judgements, , ended] = await db.batch([
    verdicts,
    revoked.record,
    revoked.mark,
    ...creation,
    ...overwriting,
  ]);
  await dropCopies(context, ended);
  return judgements;
}
