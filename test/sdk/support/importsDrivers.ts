import { expect } from 'vitest';
import { type Driver, freshId, writeUsers } from './driver';
import type { Params } from './generation';
import { user } from './models';
import { refused, same } from './refusals';

/** A hash that was made elsewhere, and how a user that has it is told. */
interface Imported {
  readonly hash: string;
  /** What it was made with, where the hash does not tell. */
  readonly parameters?: Params;
  readonly algorithm: string;
  readonly options: Params;
  /** What a text that is no such hash is refused with. */
  readonly rule: string;
}

function importing({ hash, parameters = {}, algorithm, options, rule }: Imported): Driver {
  return {
    example: { userId: 'unique()', email: 'a@b.example', password: hash, ...parameters },
    absent: null,
    scopes: writeUsers,
    invalid: [
      [{ email: 'nonsense' }, 'Invalid `email` param: Value must be a valid email address'],
      [{ password: 'correct horse' }, `Invalid \`password\` param: ${rule}`],
    ],
    async answers(sdk, method) {
      const userId = freshId(sdk);
      const who = { email: `${userId}@example.com`, name: 'Im Port' };
      const call = { userId, ...who, password: hash, ...parameters };
      const stored = { $id: userId, ...who, password: hash, hash: algorithm, hashOptions: options };
      expect(await sdk.call(method, call)).toEqual(user(sdk, stored));
      const sameId = { ...call, email: `${userId}@two.example` };
      expect(await sdk.refusal(method, sameId)).toEqual(refused('user_already_exists', same.id));
      const sameEmail = { ...call, userId: freshId(sdk) };
      expect(await sdk.refusal(method, sameEmail)).toEqual(refused('user_already_exists', same.email));
    },
  };
}

const signerKey = 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==';

/** Drivers of the methods that import users with their hashes; test/passwords has more of these, with their origins. */
export const importsDrivers: Readonly<Record<string, Driver>> = {
  createArgon2User: importing({
    hash: '$argon2i$v=19$m=256,t=2,p=2$c29tZXNhbHQ$T/XOJ2mh1/TIpJHfCdQan76Q5esCFVoT5MAeIM1Oq2E',
    algorithm: 'argon2',
    options: { type: 'argon2', memoryCost: 256, timeCost: 2, threads: 2 },
    rule: 'Must be an argon2 hash like $argon2id$v=19$m=65536,t=4,p=1$salt$digest.',
  }),
  createBcryptUser: importing({
    hash: '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
    algorithm: 'bcrypt',
    options: { type: 'bcrypt', cost: 5 },
    rule: 'Must be a bcrypt hash of 60 characters that starts with $2a$, $2b$ or $2y$.',
  }),
  createMD5User: importing({
    hash: '900150983cd24fb0d6963f7d28e17f72',
    algorithm: 'md5',
    options: { type: 'md5' },
    rule: 'Must be an MD5 hash: 32 hexadecimal digits.',
  }),
  createPHPassUser: importing({
    hash: '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0',
    algorithm: 'phpass',
    options: { type: 'phpass', iteration_count_log2: 11, portable_hashes: true },
    rule: 'Must be a phpass hash: $P$ or $H$ and 31 characters, or a bcrypt hash.',
  }),
  createSHAUser: importing({
    hash: 'a9993e364706816aba3e25717850c26c9cd0d89d',
    parameters: { passwordVersion: 'sha1' },
    algorithm: 'sha',
    options: { type: 'sha', version: 'sha1' },
    rule: 'Must be a sha1 hash: 40 hexadecimal digits.',
  }),
  createScryptUser: importing({
    hash: '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887',
    parameters: {
      passwordSalt: 'SodiumChloride',
      passwordCpu: 16384,
      passwordMemory: 8,
      passwordParallel: 1,
      passwordLength: 64,
    },
    algorithm: 'scrypt',
    options: {
      type: 'scrypt',
      costCpu: 16384,
      costMemory: 8,
      costParallel: 1,
      length: 64,
      salt: 'SodiumChloride',
    },
    rule: 'Must be a scrypt hash of passwordLength bytes: 128 hexadecimal digits.',
  }),
  createScryptModifiedUser: importing({
    hash: 'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
    parameters: {
      passwordSalt: '42xEC+ixf3L2lw==',
      passwordSaltSeparator: 'Bw==',
      passwordSignerKey: signerKey,
    },
    algorithm: 'scryptMod',
    options: { type: 'scryptMod', salt: '42xEC+ixf3L2lw==', saltSeparator: 'Bw==', signerKey },
    rule: 'Must be a hash in base64, as long as the signer key: 64 bytes.',
  }),
};
