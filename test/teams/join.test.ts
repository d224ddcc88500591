import { describe, expect, test } from 'vitest';
import { api, CLASSIC } from '../support/api';
import { freshPhone } from '../support/calls';
import { passTime, stopClock } from '../support/clock';
import { expectAnswer, expectError, expectInvalid, expectMissing } from '../support/expect';
import { freshId, newMembership, newTeam, newUser } from '../support/given';
import { LATER, modernMembership, modernUser, NOW } from '../support/models';
import { activityOf, eventsOf, everything, rows, totalsOf } from '../support/rows';

stopClock();

type Body = Readonly<Record<string, unknown>>;

const join = (team: string, body: Body, headers = {}) =>
  api(`POST /teams/${team}/memberships`, { body: { roles: ['editor'], ...body }, headers });

const freshEmail = () => `${freshId('mail')}@example.com`;

describe('POST /teams/{teamId}/memberships', () => {
  test('makes a user a member by its ID, confirmed at once, in both dialects', async () => {
    const [team, email, phone] = [await newTeam(), freshEmail(), freshPhone()];
    const user = await newUser({ name: 'Ada', email, phone });
    const sides = { userId: user, userName: 'Ada', userEmail: email };
    const answer = await join(team, { userId: user });
    expectAnswer(
      answer,
      201,
      modernMembership({ ...sides, userPhone: phone, teamId: team, roles: ['editor'] }),
    );
    expectAnswer(await api(`GET /teams/${team}/memberships/${answer.body.$id}`), 200, answer.body);
    expect(await totalsOf(team)).toEqual({ total: 1, counted: 1 });

    const other = await newTeam('Other');
    expectAnswer(await join(other, { userId: user, roles: [] }, CLASSIC), 201, {
      $id: expect.stringMatching(/^[0-9a-f]{20}$/),
      $createdAt: NOW.seconds,
      $updatedAt: NOW.seconds,
      ...sides,
      teamId: other,
      teamName: 'Other',
      invited: NOW.seconds,
      joined: NOW.seconds,
      confirm: true,
      roles: [],
    });
  });

  test('finds a user by its e-mail, in whatever case, or by its phone', async () => {
    const [team, other, email, phone] = [await newTeam(), await newTeam(), freshEmail(), freshPhone()];
    const user = await newUser({ email, phone });
    expect((await join(team, { email: email.toUpperCase() })).body.userId).toBe(user);
    expect((await join(other, { phone })).body.userId).toBe(user);
    expect(await eventsOf(user)).toEqual(['user.create', 'membership.create', 'membership.create']);
  });

  test('makes a user of an unknown e-mail, with the name given, and without a password', async () => {
    const [team, email] = [await newTeam(), freshEmail()];
    const { status, body } = await join(team, { email, name: 'Newcomer' });
    expect([status, body.userName, body.userEmail]).toEqual([201, 'Newcomer', email]);
    const user = modernUser({ $id: body.userId, name: 'Newcomer', email });
    expectAnswer(await api(`GET /users/${body.userId}`), 200, user);
    expect(body.userId).toMatch(/^[0-9a-f]{20}$/);
    expect(await eventsOf(body.userId)).toEqual(['user.create', 'membership.create']);
    expect((await api(`GET /users?search=${email}`)).body.total).toBe(1);
  });

  test('names such a user by its e-mail where no name is given', async () => {
    const email = freshEmail();
    expect((await join(await newTeam(), { email })).body.userName).toBe(email);
    expect((await join(await newTeam(), { phone: freshPhone() })).body.userName).toBe('');
  });

  test('makes a user of an unknown phone, and of both', async () => {
    const [email, phone, another] = [freshEmail(), freshPhone(), freshPhone()];
    const { body } = await join(await newTeam(), { email, phone });
    expect([body.userEmail, body.userPhone]).toEqual([email, phone]);
    const alone = await join(await newTeam(), { phone: another });
    expect([alone.body.userEmail, alone.body.userPhone]).toEqual(['', another]);
  });

  test('goes by the ID before the e-mail before the phone, and wants the others to fit', async () => {
    const [team, email, phone] = [await newTeam(), freshEmail(), freshPhone()];
    const user = await newUser({ email, phone });
    const other = await newUser({ email: freshEmail() });
    const before = await everything();
    for (const [body, message] of [
      [{ userId: user, email: freshEmail() }, "Given userId and email don't match"],
      [{ userId: user, email, phone: freshPhone() }, "Given userId and phone don't match"],
      [{ email, phone: freshPhone() }, "Given email and phone don't match"],
      [{ userId: other, phone }, "Given userId and phone don't match"],
    ] as const) {
      expectError(await join(team, body), 'user_already_exists', { message });
    }
    expectError(await join(team, { email: freshEmail(), phone }), 'user_already_exists', {
      message: 'A user with the same phone number already exists in the current project.',
    });
    expect(await everything()).toBe(before);
    expect((await join(team, { userId: user, email, phone })).body.userId).toBe(user);
  });

  test('takes an empty text as not given, and wants one of the three', async () => {
    const [team, user] = [await newTeam(), await newUser()];
    const message = 'At least one of userId, email, or phone is required';
    expectError(await join(team, {}), 'general_argument_invalid', { message });
    expectError(await join(team, { userId: '', email: '', phone: null }), 'general_argument_invalid', {
      message,
    });
    const answer = await join(team, { userId: user, email: '', phone: '', url: '', name: '' });
    expect(answer.status).toBe(201);
  });

  test('refuses a second membership of the same user, and writes nothing', async () => {
    const [team, email] = [await newTeam(), freshEmail()];
    const user = await newUser({ email });
    await join(team, { userId: user });
    const before = await everything();
    expectError(await join(team, { userId: user }), 'membership_already_confirmed');
    expectError(await join(team, { email }), 'membership_already_confirmed');
    expect(await everything()).toBe(before);
  });

  test('confirms an open invitation, with the roles given now', async () => {
    const [team, user] = [await newTeam(), await newUser()];
    const id = await newMembership(team, user, { roles: ['viewer'], confirm: false });
    expect(await totalsOf(team)).toEqual({ total: 0, counted: 0 });
    passTime(60_000);
    const { status, body } = await join(team, { userId: user });
    expect([status, body.$id, body.roles, body.confirm]).toEqual([201, id, ['editor'], true]);
    expect([body.invited, body.joined, body.$updatedAt]).toEqual([LATER.iso, LATER.iso, LATER.iso]);
    expect(await totalsOf(team)).toEqual({ total: 1, counted: 1 });
    expect((await activityOf(user)).at(-1)).toMatchObject({ event: 'membership.create', resource_id: id });
  });

  test('makes no user for a team that is not there', async () => {
    const before = await rows('SELECT id FROM users');
    expectError(await join('nothing', { email: freshEmail() }), 'team_not_found');
    expect(await rows('SELECT id FROM users')).toEqual(before);
  });

  test('takes 100 roles of 81 characters, as they are', async () => {
    const [team, user] = [await newTeam(), await newUser()];
    const roles = Array.from({ length: 100 }, (_, i) => `${i}-`.padEnd(81, 'A.b_'));
    expect((await join(team, { userId: user, roles })).body.roles).toEqual(roles);
  });

  test.each([
    [Array.from({ length: 101 }, () => 'a')],
    [['a'.repeat(82)]],
    [['']],
    [['-a']],
    [['a b']],
    [[1]],
    ['owner'],
    [{ 0: 'owner', role: 'owner' }],
  ])('refuses the roles %j', async (roles) => {
    const [team, user] = [await newTeam(), await newUser()];
    const rule =
      /^Invalid `roles` param: Value must be an array of at most 100 roles of at most 81 chars each/;
    expectInvalid(await join(team, { userId: user, roles }), 'roles', rule);
  });

  test('wants roles, and whatever else is given to be valid', async () => {
    const [team, userId] = [await newTeam(), await newUser()];
    expectMissing(await api(`POST /teams/${team}/memberships`, { body: { userId } }), 'roles');
    for (const [name, value, rule] of [
      ['email', 'nonsense', 'Value must be a valid email address'],
      ['phone', '123', /^Invalid `phone` param: Phone number must start with a '\+'/],
      ['userId', '_x', /^Invalid `userId` param: UID must contain/],
      ['url', 'nonsense', 'Value must be a valid URL'],
      ['url', 'javascript:alert(1)', 'Value must be a valid URL'],
      ['name', 'x'.repeat(129), 'Value must be a valid string and no longer than 128 chars'],
    ] as const) {
      expectInvalid(
        await join(team, { [name]: value, ...(name === 'userId' ? {} : { userId }) }),
        name,
        rule,
      );
    }
    const url = 'http://localhost:5000/join-us#title';
    expect((await join(team, { userId, url })).status).toBe(201);
  });
});
