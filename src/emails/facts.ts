import disposableDomains from 'freemail/data/disposable.txt';
import freeDomains from 'freemail/data/free.txt';
import { remembered } from '../text/remembered';
import { hasLine } from '../text/sortedLines';
import { canonicalEmail } from './canonical';

/** What an address tells of itself, in Appwrite's names; all null where there is no address. */
export interface EmailFacts {
  /** The address that all its spellings have in common. */
  readonly emailCanonical: string | null;
  /** Whether anybody gets an address of this domain for nothing. */
  readonly emailIsFree: boolean | null;
  /** Whether the domain gives out throw-away addresses. */
  readonly emailIsDisposable: boolean | null;
  /** Neither free nor disposable. */
  readonly emailIsCorporate: boolean | null;
  /** Whether it is spelt as its canonical form. */
  readonly emailIsCanonical: boolean | null;
}

const UNKNOWN: EmailFacts = {
  emailCanonical: null,
  emailIsFree: null,
  emailIsDisposable: null,
  emailIsCorporate: null,
  emailIsCanonical: null,
};

/** Free providers that the list of the library does not have. */
const MORE_FREE_DOMAINS: ReadonlySet<string> = new Set([
  'duck.com',
  'pm.me',
  'proton.me',
  'tuta.com',
  'tuta.io',
  'tutanota.com',
]);

/** What an address, in lower case, tells of itself. Told when asked: nothing of it is stored, so the lists can grow. */
export function emailFacts(email: string | null): EmailFacts {
  if (email === null) return UNKNOWN;
  const domain = email.slice(email.lastIndexOf('@') + 1);
  const emailCanonical = canonicalEmail(email);
  return { emailCanonical, ...factsOfDomain(domain), emailIsCanonical: email === emailCanonical };
}

type DomainFacts = Pick<EmailFacts, 'emailIsFree' | 'emailIsDisposable' | 'emailIsCorporate'>;

const factsOfDomain = remembered(1_000, (domain: string): DomainFacts => {
  const emailIsDisposable = hasLine(disposableDomains, domain);
  const emailIsFree = !emailIsDisposable && (MORE_FREE_DOMAINS.has(domain) || hasLine(freeDomains, domain));
  return { emailIsFree, emailIsDisposable, emailIsCorporate: !emailIsFree && !emailIsDisposable };
});
