import type { Config } from '../../config';
import { ApiError } from '../../http/errors';
import { seal, unseal } from '../../secrets/seal';
import { stepOf } from './totp';

type Keys = Pick<Config, 'ENCRYPTION_KEY'>;

const of = (userId: string) => `totp of ${userId}`;

/** The secret of a user's authenticator as it is stored. */
export function sealTotp({ ENCRYPTION_KEY: [key] }: Keys, userId: string, secret: string): Promise<string> {
  return seal(key, secret, of(userId));
}

/** A right code: its time step, and the secret as it is to be stored from now on. */
export interface RightCode {
  readonly step: number;
  readonly secret: string;
}

/**
 * Whether a code is one of a user's authenticator now; null where it is not. Whether it was used before is for the
 * database to decide. A secret that was sealed with an earlier key is sealed anew, so that the key can be dropped.
 * @param stored the authenticator's secret as it is stored
 * @throws ApiError general_totp_disabled where no key of the deployment opens the secret
 */
export async function checkTotp(
  config: Keys,
  userId: string,
  stored: string,
  code: string,
  now: number,
): Promise<RightCode | null> {
  const opened = await unseal(config.ENCRYPTION_KEY, stored, of(userId));
  if (opened === null) throw new ApiError('general_totp_disabled');
  const step = stepOf(opened.secret, code, now);
  if (step === null) return null;
  return { step, secret: opened.isCurrent ? stored : await sealTotp(config, userId, opened.secret) };
}
