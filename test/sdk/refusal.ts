import { expect } from 'vitest';

/** What an SDK throws where it was refused. */
interface Refused {
  readonly code: number;
  readonly type?: string;
  readonly message: string;
  readonly response?: unknown;
}

/** What a refused call of an SDK throws; anything else than an `AppwriteException` fails the test. */
export async function refusalOf(call: Promise<unknown>): Promise<Refused> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  return Object(error);
}
