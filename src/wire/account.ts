import * as v from 'valibot';
import type { Model } from '../http/endpoint';
import type { WireContext } from './dialect/context';
import { classic, modern, type User, userModel } from './user';

const HASHES = ['password', 'hash', 'hashOptions'] as const;

/** A user as it sees itself: the user model, without the hash of its password. */
export const accountModel: Model<User, WireContext> = {
  name: 'Account',
  schemas: { classic: v.strictObject(classic.entries), modern: v.omit(modern, HASHES) },
  render(user, context) {
    const rendered = new Map(Object.entries(userModel.render(user, context) ?? {}));
    for (const name of HASHES) rendered.delete(name);
    return Object.fromEntries(rendered);
  },
};
