import { getTableColumns, sql } from 'drizzle-orm';
import { identities, users } from '../db/schema';

const { seq, userSeq, providerUidKey, ...shown } = getTableColumns(identities);

/** The columns that the model tells, of identities joined with their users. */
export const identityColumns = { ...shown, userId: sql<string>`${users.id}`.as('owner_id') };
