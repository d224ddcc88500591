import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../db/database';
import { users } from '../../db/schema';
import { hasRecoveryCodes, hasVerifiedAuthenticator } from './conditions';

/** As in Appwrite, an address counts as a factor once it is verified, whether or not a code could be sent to it. */
export async function readFactors(db: Database, user: SQL) {
  const [factors] = await db
    .select({
      totp: hasVerifiedAuthenticator.mapWith(Boolean),
      phone: sql`users.phone IS NOT NULL AND users.phone_verification`.mapWith(Boolean),
      email: sql`users.email IS NOT NULL AND users.email_verification`.mapWith(Boolean),
      recoveryCode: hasRecoveryCodes.mapWith(Boolean),
    })
    .from(users)
    .where(user);
  return factors;
}
