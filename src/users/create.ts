import * as v from 'valibot';
import { email } from '../emails/address';
import { endpoint } from '../request/context';
import { newId } from '../wire/id';
import { userModel } from '../wire/user';
import { insertUser } from './insert';
import { name, password, phone } from './params';
import { firstPassword } from './password';
import { TAKEN_BY_OTHERS } from './taken';

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
  errors: [...TAKEN_BY_OTHERS, 'password_personal_data'],
  event: 'user.create',
  async handle({ body, ...context }) {
    const { userId: id, name, email = null, phone = null } = body;
    const person = { id, name, email, phone };
    const hashed = body.password === undefined ? {} : await firstPassword(context, body.password, person);
    return insertUser(context, { ...person, ...hashed });
  },
});
