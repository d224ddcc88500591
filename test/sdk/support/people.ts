import * as v from 'valibot';
import { freshPhone } from './driver';
import type { Sdk } from './generation';

const moment = v.union([v.string(), v.number()]);

/** What queries can ask of a user, as the API tells it. */
const person = v.looseObject({
  $id: v.string(),
  $createdAt: moment,
  $updatedAt: moment,
  registration: moment,
  passwordUpdate: moment,
  name: v.string(),
  email: v.string(),
  phone: v.string(),
  status: v.boolean(),
  emailVerification: v.boolean(),
  phoneVerification: v.boolean(),
  labels: v.array(v.string()),
});
export type Person = v.InferOutput<typeof person>;

const people = v.looseObject({ total: v.number(), users: v.array(person) });

/** What no user of another generation's tests has in its e-mail address: a search for it finds these people. */
export const domainOf = ({ prefix }: Sdk) => `${prefix}.people.example`;

const names = ['Ada', 'Bo "B" Builder', 'Cleo, NEAR * [1]', 'Ada', 'Émile 👩‍🚀', 'ada'];

/** Makes some people who differ in all that queries can ask for; returns them as the API tells them. */
export async function makePeople(sdk: Sdk): Promise<Person[]> {
  for (const [index, name] of names.entries()) {
    const userId = `${sdk.prefix}-person-${index}`;
    await sdk.call('create', {
      userId,
      email: `P${index}@${domainOf(sdk)}`,
      name,
      ...(index === 5 ? {} : { password: 'long enough' }),
    });
    if (index % 2 === 0) await sdk.call('updatePhone', { userId, number: freshPhone(sdk) });
    if (index % 3 === 0) await sdk.call('updateStatus', { userId, status: false });
    if (index % 3 === 1) await sdk.call('updateEmailVerification', { userId, emailVerification: true });
    if (index < 3 && sdk.methods.includes('updateLabels'))
      await sdk.call('updateLabels', { userId, labels: ['vip', 'beta', 'staff'].slice(index) });
    if (index === 2) await sdk.call('updatePhoneVerification', { userId, phoneVerification: true });
  }
  return (await listPeople(sdk)).users;
}

/** A list of those people, as queries have it. */
export async function listPeople(sdk: Sdk, queries: readonly string[] = [], more = {}) {
  const params = { search: domainOf(sdk), ...(queries.length > 0 ? { queries } : {}), ...more };
  return v.parse(people, await sdk.call('list', params));
}
