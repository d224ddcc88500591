import * as v from 'valibot';
import { email } from '../emails/address';
import { ApiError, type ErrorType } from '../http/errors';
import { oneOf, text } from '../http/params';
import { phone } from '../users';
import { id, userPath } from '../wire/id';

/** The target in a path. */
export const targetPath = { ...userPath, targetId: id };

export const providerType = oneOf(['email', 'sms', 'push']);
export type ProviderType = v.InferOutput<typeof providerType>;

/** An address, a number, or a device's token. */
export const identifier = text(1, 255);

/** A name for people to tell targets apart. */
export const targetName = v.optional(text(0, 128));

/**
 * The messaging provider that reaches the target. This service sends no messages, so it can't know which providers
 * there are: the ID is kept for whoever does.
 */
export const providerId = v.optional(id);

/** The form that an identifier has as a target of each type; undefined where it can't be one. */
export function identifierAs(type: ProviderType, given: string): string | undefined {
  if (type === 'push') return given;
  const checked = v.safeParse(type === 'email' ? email : phone, given);
  return checked.success ? checked.output : undefined;
}

/** What an identifier is refused with that is none of its type. */
export function throwMalformed(type: ProviderType): never {
  const errors: Partial<Record<ProviderType, ErrorType>> = {
    email: 'general_invalid_email',
    sms: 'general_invalid_phone',
  };
  throw new ApiError(errors[type] ?? 'general_argument_invalid');
}
