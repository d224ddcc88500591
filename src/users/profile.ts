import { endpoint } from '../context';
import { named } from '../db/named';
import { boolean } from '../http/params';
import { userPath } from '../wire/id';
import { userModel } from '../wire/user';
import { changeAndRevoke, changeUser } from './change';
import { emailOrNone, name, password, phoneOrNone } from './params';
import { nextPassword, passwordOwner } from './password';

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
  handle: ({ params, body, ...context }) => changeUser(context, params.userId, named(body.name)),
});

/** PATCH /users/{userId}/email. A new address is not verified; an empty one takes the address away. */
export const updateEmail = endpoint({
  route: 'PATCH /users/:userId/email',
  summary: "Update a user's e-mail address",
  scope: 'users.write',
  params: userPath,
  body: { email: emailOrNone },
  returns: [200, userModel],
  errors: ['user_not_found', 'user_email_already_exists', 'user_target_already_exists'],
  event: 'user.update',
  handle: ({ params, body, ...context }) =>
    changeUser(context, params.userId, { email: body.email, emailVerification: false }),
});

/** PATCH /users/{userId}/phone. The parameter is `number`. A new number is not verified; an empty one is removed. */
export const updatePhone = endpoint({
  route: 'PATCH /users/:userId/phone',
  summary: "Update a user's phone number",
  scope: 'users.write',
  params: userPath,
  body: { number: phoneOrNone },
  returns: [200, userModel],
  errors: ['user_not_found', 'user_phone_already_exists', 'user_target_already_exists'],
  event: 'user.update',
  handle: ({ params, body, ...context }) =>
    changeUser(context, params.userId, { phone: body.number, phoneVerification: false }),
});

/** PATCH /users/{userId}/password. Ends the user's sessions, unless the deployment says otherwise. */
export const updatePassword = endpoint({
  route: 'PATCH /users/:userId/password',
  summary: "Update a user's password",
  scope: 'users.write',
  params: userPath,
  body: { password },
  returns: [200, userModel],
  errors: ['user_not_found', 'password_recently_used', 'password_personal_data'],
  event: 'user.update',
  async handle({ params, body, ...context }) {
    const { userId } = params;
    const change = await nextPassword(context, body.password, await passwordOwner(context, userId));
    const set = context.config.REVOKE_ON_PASSWORD_CHANGE ? changeAndRevoke : changeUser;
    return set(context, userId, change);
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
  event: 'user.update',
  handle: ({ params, body, ...context }) =>
    changeUser(context, params.userId, { emailVerification: body.emailVerification }),
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
  event: 'user.update',
  handle: ({ params, body, ...context }) =>
    changeUser(context, params.userId, { phoneVerification: body.phoneVerification }),
});
