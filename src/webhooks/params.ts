import * as v from 'valibot';
import { isPattern } from '../activity/eventNames';
import type { Config } from '../config';
import { invalid } from '../http/input';
import { boolean, text } from '../http/params';
import { isPublicHost } from '../http/publicHost';
import { isWellFormed } from './secrets';

const MAX_EVENTS = 100;
const MAX_PATTERN = 256;
const MAX_URL = 2048;

/** The patterns of the events that a webhook is sent; one given twice counts once. A wrong one is named. */
const events = v.pipe(
  v.message(
    v.pipe(v.array(v.string()), v.maxLength(MAX_EVENTS)),
    `Value must be an array of at most ${MAX_EVENTS} patterns of events, such as users.*.create`,
  ),
  v.rawCheck(({ dataset, addIssue }) => {
    const wrong = dataset.typed
      ? dataset.value.find((one) => one.length > MAX_PATTERN || !isPattern(one))
      : undefined;
    if (wrong !== undefined)
      addIssue({
        message: `No event is called ${JSON.stringify(wrong.slice(0, MAX_PATTERN))}. Use a name such as users.*.create`,
      });
  }),
  v.transform((given) => [...new Set(given)]),
);

const url = v.message(
  v.pipe(
    v.string(),
    v.maxLength(MAX_URL),
    v.check((value) => {
      const parsed = /^https?:\/\//i.test(value) ? URL.parse(value) : null;
      return parsed !== null && parsed.username === '' && parsed.password === '' && parsed.hash === '';
    }),
  ),
  'Value must be a valid URL (http, https), without a user name, a password or a fragment',
);

/** A colon would end the user name (RFC 7617, 2). */
const authUsername = v.message(
  v.pipe(
    text(0, 256),
    v.check((value) => !value.includes(':')),
  ),
  'Value must be a valid string without a colon and no longer than 256 chars',
);

/** What a webhook is made and changed with. */
export const webhookBody = {
  url,
  name: text(1, 128),
  events,
  enabled: v.optional(boolean(), true),
  tls: v.optional(boolean(), false),
  authUsername: v.optional(authUsername, ''),
  authPassword: v.optional(text(0, 256), ''),
};

/** A secret of one's own; one that begins as those of Standard Webhooks must go on so. */
export const secret = v.optional(
  v.pipe(
    text(8, 256),
    v.check(
      isWellFormed,
      'Value must go on in base64 where it begins with whsec_, as Standard Webhooks has it',
    ),
  ),
);

/** @throws ApiError general_argument_invalid for an address within a network, unless the deployment allows it */
export function checkHost(config: Config, address: string): void {
  const parsed = URL.parse(address);
  if (config.WEBHOOK_ANY_HOST || (parsed !== null && isPublicHost(parsed))) return;
  throw invalid('url', 'Value must lead to a host of the public internet, not to one within a network');
}
