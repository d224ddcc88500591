import * as fc from 'fast-check';
import { type Fault, healthy, refusing } from '../support/faults';

/** Few users, so that what is done to them meets. */
export const USERS = ['ada', 'bob'] as const;

/** What befalls an action. */
export type Trouble = 'none' | 'no put' | 'no delete' | 'no KV' | 'no D1' | 'death';

export const faults: Readonly<Record<Exclude<Trouble, 'death'>, Fault>> = {
  none: healthy,
  'no put': refusing(/kv.put/),
  'no delete': refusing(/kv.delete/),
  'no KV': refusing(/kv/),
  'no D1': refusing(/d1/),
};

/** Something that is done to a user, or for it. */
export interface UserAction {
  readonly do: 'create' | 'sign in' | 'revoke all' | 'block' | 'unblock' | 'delete' | 'password';
  readonly user: string;
  readonly trouble: Trouble;
}

/** Something that is done to a session; `which` counts from the newest. */
export interface SessionAction {
  readonly do: 'revoke' | 'sign out' | 'extend';
  readonly which: number;
  readonly trouble: Trouble;
}

/** A check, fresh or not, here or in another location. */
export interface Check {
  readonly do: 'check';
  readonly which: number;
  readonly fresh: boolean;
  readonly there: boolean;
  readonly trouble: Trouble;
}

/** A check that is slow, to hear from D1 or to write its copy, while other things happen. */
export interface SlowCheck {
  readonly do: 'slow check';
  readonly which: number;
  readonly slow: 'D1' | 'KV';
  readonly meanwhile: readonly Action[];
}

export type Action =
  | UserAction
  | SessionAction
  | Check
  | SlowCheck
  | { readonly do: 'wait'; readonly ms: number }
  /** Waits until the last revocation is a minute old: from now on no check may take it for live. */
  | { readonly do: 'wait for the bound' }
  | { readonly do: 'cron'; readonly trouble: Trouble };

const user = fc.constantFrom(...USERS);
const which = fc.nat(9);
const trouble = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Trouble>('none') },
  { weight: 2, arbitrary: fc.constantFrom<Trouble>('no put', 'no delete', 'no KV', 'no D1', 'death') },
);
const quiet = fc.constantFrom<Trouble>('none', 'no put', 'no KV', 'no D1');
const wait = fc.record({ do: fc.constant('wait' as const), ms: fc.nat(25_000) });
const ofUser = fc.record({
  do: fc.constantFrom<UserAction['do'][]>('revoke all', 'block', 'unblock', 'delete', 'password'),
  user,
  trouble,
});
const ofSession = fc.record({
  do: fc.constantFrom<SessionAction['do'][]>('revoke', 'sign out', 'extend'),
  which,
  trouble,
});
const create = fc.record({ do: fc.constantFrom<UserAction['do'][]>('create', 'sign in'), user, trouble });
const check = fc.record({
  do: fc.constant('check' as const),
  which,
  fresh: fc.boolean(),
  there: fc.boolean(),
  trouble: quiet,
});

const slow = fc.constantFrom<SlowCheck['slow'][]>('D1', 'KV');
const slowCheck = fc.record({
  do: fc.constant('slow check' as const),
  which,
  slow,
  meanwhile: fc.array(fc.oneof(ofUser, ofSession, wait), { minLength: 1, maxLength: 2 }),
});
/** The closest race: while the check is slow, that very session is ended. */
const overtaken = fc
  .record({ which, slow, end: fc.constantFrom<SessionAction['do'][]>('revoke', 'sign out'), wait, trouble })
  .map(({ which, slow, end, wait, trouble }): SlowCheck => {
    return { do: 'slow check', which, slow, meanwhile: [{ do: end, which, trouble }, wait] };
  });

/** Any action. */
export const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: create },
  { weight: 8, arbitrary: check },
  { weight: 2, arbitrary: ofUser },
  { weight: 3, arbitrary: ofSession },
  { weight: 3, arbitrary: wait },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait for the bound' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cron' as const), trouble }) },
  { weight: 2, arbitrary: slowCheck },
  { weight: 2, arbitrary: overtaken },
);
