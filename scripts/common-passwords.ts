/*
 * Makes src/passwords/policy/commonPasswords.txt: the 10,000 most common passwords of those that are long enough to be
 * set at all, from the list of zxcvbn (leaked passwords by how often they occur), sorted for `hasLine`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dictionary } from '@zxcvbn-ts/language-common';
import { projectRoot } from './lib/tools.ts';

const COUNT = 10_000;
const MIN_LENGTH = 8;

const common = dictionary['passwords-common'].filter((password) => password.length >= MIN_LENGTH);
const lines = common
  .slice(0, COUNT)
  .sort()
  .map((password) => `${password}\n`);
writeFileSync(join(projectRoot, 'src/passwords/policy/commonPasswords.txt'), lines.join(''));
console.info(`${lines.length} common passwords written.`);
