import { faker } from '@faker-js/faker';
import { foldText } from '../../src/text/fold.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Made-up people and teams as rows of the database; the same number makes the same ones. */
export class Directory {
  readonly #now: number;

  constructor(seed: number, now: number) {
    faker.seed(seed);
    this.#now = now;
  }

  /** Users of the last 90 days, oldest first; `from` makes their IDs, addresses and numbers differ from others'. */
  users(from: number, count: number) {
    return Array.from({ length: count }, (_, i) => {
      const number = from + i + 1;
      const firstName = faker.person.firstName();
      const lastName = faker.person.lastName();
      const createdAt = this.#now - faker.number.int({ min: 0, max: 90 * DAY });
      const hasPhone = faker.datatype.boolean(0.6);
      return {
        id: `${faker.string.hexadecimal({ length: 12, casing: 'lower', prefix: '' })}${number.toString(16).padStart(8, '0')}`,
        name: `${firstName} ${lastName}`,
        name_key: foldText(`${firstName} ${lastName}`),
        email: faker.internet.email({ firstName, lastName, provider: `${number}.example.com` }).toLowerCase(),
        phone: hasPhone ? `+1${(2_000_000_000 + number).toString()}` : null,
        email_verification: Number(faker.datatype.boolean(0.7)),
        phone_verification: Number(hasPhone && faker.datatype.boolean(0.5)),
        status: Number(faker.datatype.boolean(0.97)),
        prefs: JSON.stringify({
          theme: faker.helpers.arrayElement(['light', 'dark']),
          city: faker.location.city(),
        }),
        // Its targets are told from the row.
        stored_targets: 0,
        created_at: createdAt,
        updated_at: createdAt,
      };
    });
  }

  teams(count: number) {
    return Array.from({ length: count }, () => {
      const id = faker.string.hexadecimal({ length: 20, casing: 'lower', prefix: '' });
      const name = faker.company.name();
      return { id, name, name_key: foldText(name), created_at: this.#now, updated_at: this.#now };
    });
  }

  /** Each of these users in one of these teams. */
  memberships(teamSeqs: readonly number[], userSeqs: readonly number[]) {
    return userSeqs.map((userSeq, i) => ({
      id: faker.string.hexadecimal({ length: 20, casing: 'lower', prefix: '' }),
      team_seq: teamSeqs[i % teamSeqs.length] ?? 0,
      user_seq: userSeq,
      roles: JSON.stringify([faker.helpers.arrayElement(['owner', 'editor', 'viewer'])]),
      invited: this.#now,
      joined: this.#now,
      confirm: 1,
      created_at: this.#now,
      updated_at: this.#now,
    }));
  }
}

/** The `user.create` row of each user whose ID is in the parameter, a JSON array. */
export const activityRows = `
  INSERT INTO activity (user_seq, user_id, event, actor_type, actor_id, actor_name, ip, user_agent, country_code, request_id, time)
  SELECT seq, id, 'user.create', 'key', 'root', 'Root key', '127.0.0.1', 'seed', '', 'seed', created_at
  FROM users WHERE id IN (SELECT value FROM json_each(?))`;
