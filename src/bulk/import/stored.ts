/* A row as it is stored: in SQL's own values, since it travels as JSON and becomes rows by `json_each`. */

/** Something that one user alone can have. */
export interface Claim {
  readonly kind: 'id' | 'email' | 'phone' | 'target' | 'identity' | 'membership';
  readonly value: string;
  /** Whether it is the user's own ID, address or number: what a row is known again by. */
  readonly isOwn: boolean;
}

/** What is stored of a row's targets, identities and memberships. */
export interface Possessions {
  readonly targets: readonly {
    /** Null where the row tells none that means something here: that of an own address, or `spare`. */
    readonly id: string | null;
    readonly spare: string;
    readonly type: 'email' | 'sms' | 'push';
    readonly identifier: string;
    readonly providerId: string | null;
    readonly name: string;
    readonly expired: 0 | 1;
  }[];
  readonly identities: readonly {
    readonly id: string;
    readonly provider: string;
    readonly uid: string;
    readonly uidKey: string;
    readonly email: string;
  }[];
  readonly memberships: readonly {
    readonly id: string;
    readonly team: string;
    readonly teamName: string;
    readonly teamNameKey: string;
    readonly roles: string;
    readonly confirm: 0 | 1;
  }[];
}

/** What a row is found and judged by, as a statement is given it. */
export interface Keys extends Possessions {
  readonly id: string;
  readonly email: string | null;
  readonly phone: string | null;
  /** Whether it lets somebody in as the user (request/entrance.ts), where it overwrites one. */
  readonly enters: 0 | 1;
}

/** The columns that a row sets, in SQL's own values; null where it says nothing of one. */
export interface Columns {
  readonly setsEmail: 0 | 1;
  readonly setsPhone: 0 | 1;
  readonly name: string | null;
  readonly nameKey: string | null;
  readonly password: string | null;
  readonly hash: string | null;
  /** JSON. */
  readonly hashOptions: string | null;
  readonly passwordUpdate: number | null;
  readonly status: 0 | 1 | null;
  /** JSON. */
  readonly labels: string | null;
  /** JSON. */
  readonly prefs: string | null;
  readonly emailVerification: 0 | 1 | null;
  readonly phoneVerification: 0 | 1 | null;
  readonly mfa: 0 | 1 | null;
  readonly impersonator: 0 | 1 | null;
  readonly registration: number | null;
  readonly accessedAt: number | null;
}

/** A row that may be written, if the directory has room for it. */
export interface Candidate {
  readonly index: number;
  readonly keys: Keys;
  readonly columns: Columns;
  /** What no other row of the same transaction may hold. */
  readonly claims: readonly Claim[];
  /** A password that is not hashed yet. */
  readonly plain: string | undefined;
}
