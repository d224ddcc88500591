import { FIRST_TOLD } from '../../db/toldTargets';
import type { Model } from '../../http/endpoint';
import { ApiError } from '../../http/errors';
import { type Context, endpoint } from '../../request/context';
import { liveSession } from '../../sessionStore';
import type { WireContext } from '../../wire/dialect/context';
import { isoTime } from '../../wire/dialect/time';
import { userPath } from '../../wire/id';
import { identityModel } from '../../wire/identity';
import { logModel } from '../../wire/log';
import { membershipModel } from '../../wire/membership';
import { personModel } from '../../wire/personExport';
import { sessionModel } from '../../wire/session';
import { targetModel } from '../../wire/target';
import { userModel } from '../../wire/user';
import { PAGE, personStatements } from './person';

/**
 * GET /users/{userId}/export: all that is kept about one person, for an access request (GDPR, article 15), as one JSON
 * document. It streams: a log may be long. Secrets are none of it, but for the hash of the password, for those alone who
 * have the scope `users.hashes.read`.
 */
export const exportUser = endpoint({
  route: 'GET /users/:userId/export',
  summary: 'Export all that is kept about one user',
  scope: 'users.read',
  params: userPath,
  returns: [200, personModel],
  errors: ['user_not_found'],
  async handle({ params: { userId }, ...context }) {
    context.headers.set('Content-Disposition', `attachment; filename="user-${userId}.json"`);
    return personOf(context, userId);
  },
});

async function* personOf(context: Context, userId: string): AsyncGenerator<string> {
  const read = personStatements(context, userId);
  const [
    [user],
    live,
    tokens,
    authenticators,
    [codes],
    networks,
    targets,
    identities,
    memberships,
    logs,
    actions,
  ] = await context.db.batch([
    read.user,
    read.sessions,
    read.tokens,
    read.authenticators,
    read.recoveryCodes,
    read.networks,
    read.targets(FIRST_TOLD - 1),
    read.identities(0),
    read.memberships(0),
    read.logs(0),
    read.actions(0),
  ]);
  if (user === undefined) throw new ApiError('user_not_found');
  const telling =
    <Row>(model: Model<Row, WireContext>) =>
    (row: Row) =>
      model.render(row, context);
  const json = (name: string, value: unknown) => `,\n${JSON.stringify(name)}:${JSON.stringify(value)}`;

  yield `{"user":${JSON.stringify(userModel.render(user, context))}`;
  yield* list('targets', targets, read.targets, telling(targetModel));
  yield* list('identities', identities, read.identities, telling(identityModel));
  yield* list('memberships', memberships, read.memberships, telling(membershipModel));
  yield json(
    'sessions',
    live.map((row) => sessionModel.render(liveSession(context, row, userId), context)),
  );
  yield json(
    'tokens',
    tokens.map(({ id, createdAt, expire }) => ({
      $id: id,
      $createdAt: isoTime(createdAt),
      expire: isoTime(expire),
    })),
  );
  yield json(
    'authenticators',
    authenticators.map(({ id, createdAt, type, verified }) => ({
      $id: id,
      $createdAt: isoTime(createdAt),
      type,
      verified,
    })),
  );
  yield json('recoveryCodes', codes?.count ?? 0);
  yield json(
    'networks',
    networks.map(({ network, factors, seenAt }) => ({ network, factors, seenAt: isoTime(seenAt) })),
  );
  const tellLog = (row: (typeof logs)[number]) =>
    logModel.render({ ...row, user: { name: row.userName ?? '', email: row.userEmail } }, context);
  yield* list('logs', logs, read.logs, tellLog);
  yield* list('actions', actions, read.actions, tellLog);
  yield '\n}\n';
}

/** A list that may be long: its first page is there, the others are read as they are taken. */
async function* list<Row extends { readonly seq: number }>(
  name: string,
  first: readonly Row[],
  next: (after: number) => PromiseLike<readonly Row[]>,
  tell: (row: Row) => unknown,
): AsyncGenerator<string> {
  yield `,\n${JSON.stringify(name)}:[`;
  let isFirst = true;
  for (let page = first; ; ) {
    const texts = page.map((row) => `${JSON.stringify(tell(row))}`);
    if (texts.length > 0) yield `${isFirst ? '' : ','}\n${texts.join(',\n')}`;
    isFirst = false;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    page = await next(last.seq);
  }
  yield ']';
}
