import { faker } from '@faker-js/faker';
import type { Row } from './moving/source.ts';

const DAY = 24 * 60 * 60 * 1000;

/** How many of the last users are in a team. */
const MEMBERS = 60;

/** Made-up people, as an import takes them; the same number makes the same ones. */
export class Directory {
  readonly #now: number;
  readonly #teams: readonly { readonly teamId: string; readonly teamName: string }[];

  constructor(seed: number, now: number) {
    faker.seed(seed);
    this.#now = now;
    this.#teams = Array.from({ length: 5 }, () => ({
      teamId: faker.string.hexadecimal({ length: 20, casing: 'lower', prefix: '' }),
      teamName: faker.company.name(),
    }));
  }

  /**
   * Users of the last 90 days, oldest first; the last ones in a few teams.
   * @param from makes their IDs, addresses and numbers differ from others'
   */
  *users(from: number, count: number): Generator<Row> {
    const times = Array.from(
      { length: count },
      () => this.#now - faker.number.int({ min: 0, max: 90 * DAY }),
    );
    times.sort((one, other) => one - other);
    for (const [i, time] of times.entries()) {
      yield { ...this.#user(from + i + 1, time), ...(i >= count - MEMBERS ? this.#memberships(i) : {}) };
    }
  }

  #user(number: number, createdAt: number): Row {
    const firstName = faker.person.firstName();
    const lastName = faker.person.lastName();
    const hasPhone = faker.datatype.boolean(0.6);
    return {
      userId: `${faker.string.hexadecimal({ length: 12, casing: 'lower', prefix: '' })}${number.toString(16).padStart(8, '0')}`,
      name: `${firstName} ${lastName}`,
      email: faker.internet.email({ firstName, lastName, provider: `${number}.example.com` }).toLowerCase(),
      phone: hasPhone ? `+1${(2_000_000_000 + number).toString()}` : null,
      emailVerification: faker.datatype.boolean(0.7),
      phoneVerification: hasPhone && faker.datatype.boolean(0.5),
      status: faker.datatype.boolean(0.97),
      prefs: { theme: faker.helpers.arrayElement(['light', 'dark']), city: faker.location.city() },
      registration: new Date(createdAt).toISOString(),
    };
  }

  #memberships(i: number): Row {
    const team = this.#teams[i % this.#teams.length];
    return { memberships: [{ ...team, roles: [faker.helpers.arrayElement(['owner', 'editor', 'viewer'])] }] };
  }
}
