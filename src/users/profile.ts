import { sql } from 'drizzle-orm';
import { named } from '../db/named';
import { users } from '../db/schema';
import { boolean } from '../http/params';
import { endpoint } from '../request/context';
import { userPath } from '../wire/id';
import { userModel } from '../wire/user';
import { changeAndRevoke, changeEntrance, changeUser } from './change';
import { emailOrNone, name, passwordOrNone, phoneOrNone } from './params';
import { nextPassword, noPassword, passwordOwner } from './password';

/** PATCH /users/{userId}/name. An empty name is legal. */
export const updateName = endpoint({
  route: 'PATCH /users/:userId/name',
  summary: "Update a user's name",
  scope: 'users.write',
  params: userPath,
  body: { name },
  returns: [200, userModel],
  errors: ['user_not_found'],
  event: 'user.update',
  attribute: 'name',
  handle: ({ params, body, ...context }) => changeUser(context, params.userId, named(body.name)),
});

/**
 * PATCH /users/{userId}/email. A new address is not verified; an empty one takes the address away. The one that the user
 * has, in whatever case, changes nothing.
 */
export const updateEmail = endpoint({
  route: 'PATCH /users/:userId/email',
  summary: "Update a user's e-mail address",
  scope: 'users.write',
  params: userPath,
  body: { email: emailOrNone },
  returns: [200, userModel],
  errors: ['user_not_found', 'user_email_taken', 'user_email_already_exists'],
  event: 'user.update',
  attribute: 'email',
  handle: ({ params, body, ...context }) =>
    changeEntrance(
      context,
      params.userId,
      { email: body.email, emailVerification: false },
      { only: sql`${users.email} IS NOT ${body.email}` },
    ),
});

/**
 * PATCH /users/{userId}/phone. The parameter is `number`. A new number is not verified; an empty one takes the number
 * away. The one that the user has changes nothing.
 */
export const updatePhone = endpoint({
  route: 'PATCH /users/:userId/phone',
  summary: "Update a user's phone number",
  scope: 'users.write',
  params: userPath,
  body: { number: phoneOrNone },
  returns: [200, userModel],
  errors: ['user_not_found', 'user_phone_taken'],
  event: 'user.update',
  attribute: 'phone',
  handle: ({ params, body, ...context }) =>
    changeEntrance(
      context,
      params.userId,
      { phone: body.number, phoneVerification: false },
      { only: sql`${users.phone} IS NOT ${body.number}` },
    ),
});

/**
 * PATCH /users/{userId}/password. An empty one takes the password away. Ends the user's sessions, unless the deployment
 * says otherwise; its one-time tokens and JWTs without a session end in any case.
 */
export const updatePassword = endpoint({
  route: 'PATCH /users/:userId/password',
  summary: "Update a user's password",
  scope: 'users.write',
  params: userPath,
  body: { password: passwordOrNone },
  returns: [200, userModel],
  errors: ['user_not_found', 'password_recently_used', 'password_personal_data'],
  event: 'user.update',
  attribute: 'password',
  async handle({ params, body, ...context }) {
    const { userId } = params;
    const change =
      body.password === null
        ? noPassword(context)
        : await nextPassword(context, body.password, await passwordOwner(context, userId));
    const endsSessions = context.config.REVOKE_ON_PASSWORD_CHANGE;
    const revoking: typeof changeUser = (...args) => changeAndRevoke(...args, endsSessions);
    return changeEntrance(context, userId, change, { change: revoking });
  },
});

/** PATCH /users/{userId}/verification: whether the e-mail address is the user's own. */
export const updateEmailVerification = endpoint({
  route: 'PATCH /users/:userId/verification',
  summary: "Set whether a user's e-mail address is verified",
  scope: 'users.write',
  params: userPath,
  body: { emailVerification: boolean() },
  returns: [200, userModel],
  errors: ['user_not_found'],
  event: 'verification.update',
  handle: ({ params, body, ...context }) =>
    changeEntrance(context, params.userId, { emailVerification: body.emailVerification }),
});

/** PATCH /users/{userId}/verification/phone: whether the phone number is the user's own. */
export const updatePhoneVerification = endpoint({
  route: 'PATCH /users/:userId/verification/phone',
  summary: "Set whether a user's phone number is verified",
  scope: 'users.write',
  params: userPath,
  body: { phoneVerification: boolean() },
  returns: [200, userModel],
  errors: ['user_not_found'],
  event: 'verification.update',
  handle: ({ params, body, ...context }) =>
    changeEntrance(context, params.userId, { phoneVerification: body.phoneVerification }),
});
