import * as v from 'valibot';
import { endpoint } from '../context';
import { users } from '../db/schema';
import { newId } from '../wire/id';
import { userModel } from '../wire/user';
import { found, recordUser, throwDuplicate } from './change';
import { email, name, password, phone } from './params';
import { passwordChange } from './password';

/**
 * POST /users. All but the ID is optional, as in today's Appwrite; a user without e-mail, phone and password is legal.
 */
export const createUser = endpoint({
  route: 'POST /users',
  summary: 'Create a user',
  scope: 'users.write',
  body: {
    userId: newId,
    email: v.optional(email),
    phone: v.optional(phone),
    password: v.optional(password),
    name: v.optional(name, ''),
  },
  returns: [201, userModel],
  errors: ['user_already_exists', 'user_email_already_exists', 'user_phone_already_exists'],
  event: 'user.create',
  async handle({ body, ...context }) {
    const { db, now } = context;
    const hashed = body.password === undefined ? {} : await passwordChange(context, body.password);
    const [[user]] = await db
      .batch([
        db
          .insert(users)
          .values({
            id: body.userId,
            name: body.name,
            email: body.email ?? null,
            phone: body.phone ?? null,
            ...hashed,
            createdAt: now,
            updatedAt: now,
          })
          .returning(),
        recordUser(context, body.userId),
      ])
      .catch(throwDuplicate);
    return found(user);
  },
});
