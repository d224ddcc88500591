import { type SQL, sql } from 'drizzle-orm';
import type { ApiError } from '../http/errors';
import { tooMany } from './tooMany';

/*
 * What users write themselves, but for signing in and out, spends of a budget. The trigger `activity_spends` keeps it, so
 * that no endpoint can forget to; it undoes what is beyond. Of attempts that take work before they write, those are best
 * refused before it.
 */

/** Writes of its own that a user may make at once, and one more each second; the trigger has the same numbers. */
const BUDGET = 60;
const SECOND = 1000;

/**
 * That a user can write nothing more just now, over the row of `users`.
 * @param now milliseconds
 */
export function isSpent(now: number): SQL {
  return sql`EXISTS (SELECT 1 FROM budgets
    WHERE budgets.user_seq = users.seq AND budgets.spent_until > ${now + (BUDGET - 1) * SECOND})`;
}

/**
 * What a user is told that has spent its budget: there is room for one more after a second at most.
 * @param now milliseconds
 */
export function overBudget(now: number): ApiError {
  return tooMany(BUDGET, 1, now);
}
