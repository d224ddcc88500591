import { describe } from 'vitest';
import { refused } from './refused';

const md5Hash = '900150983cd24fb0d6963f7d28e17f72';
const salt = 'c29tZXNhbHQ';
const digest = 'wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA';

describe('an import', () => {
  refused('argon2', 'password', /^Must be an argon2 hash like \$argon2id/, [
    ['a plain password', 'swordfish'],
    ['another hash', md5Hash],
    ['no digest', `$argon2id$v=19$m=65536,t=2,p=1$${salt}`],
    ['an unknown type', `$argon2x$v=19$m=65536,t=2,p=1$${salt}$${digest}`],
    ['an unknown version', `$argon2id$v=20$m=65536,t=2,p=1$${salt}$${digest}`],
    ['parameters in another order', `$argon2id$v=19$t=2,m=65536,p=1$${salt}$${digest}`],
    ['no passes', `$argon2id$v=19$m=65536,t=0,p=1$${salt}$${digest}`],
    ['less memory than its lanes need', `$argon2id$v=19$m=31,t=2,p=4$${salt}$${digest}`],
    ['a salt of less than 8 bytes', `$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbA$${digest}`],
    ['a digest of less than 16 bytes', `$argon2id$v=19$m=65536,t=2,p=1$${salt}$${digest.slice(0, 20)}`],
    ['base64 of no whole byte', `$argon2id$v=19$m=65536,t=2,p=1$${salt}$${digest}AA`],
    ['a line after it', `$argon2id$v=19$m=65536,t=2,p=1$${salt}$${digest}\n`],
  ]);
  refused('argon2', 'password', /^Is an argon2 hash too costly to verify here: m must be at most 65536 /, [
    ["Django's 100 MiB", `$argon2id$v=19$m=102400,t=2,p=8$${salt}$${digest}`],
    ['the most argon2 has', `$argon2id$v=19$m=4294967295,t=1,p=1$${salt}$${digest}`],
  ]);
  refused('argon2', 'password', /^Is an argon2 hash too costly to verify here: m times t must be at most /, [
    ['too many passes', `$argon2id$v=19$m=65536,t=17,p=1$${salt}$${digest}`],
  ]);

  const bcryptTail = 'Uw52Yrjhe6cBaKxtANby9.K/p1eb4BNe78Qe6jHOLEofylWyp7KnC';
  refused(
    'bcrypt',
    'password',
    /^Must be a bcrypt hash of 60 characters that starts with \$2a\$, \$2b\$ or \$2y\$\.$/,
    [
      ['a plain password', 'swordfish'],
      ['a character too few', `$2y$10$${bcryptTail.slice(1)}`],
      ['a character too many', `$2y$10$${bcryptTail}a`],
      ['a character not in its alphabet', `$2y$10$${bcryptTail.slice(1)}+`],
      ['a cost below 4', `$2y$03$${bcryptTail}`],
      ['a cost above 31', `$2y$32$${bcryptTail}`],
      ['a cost that is no number', `$2y$1x$${bcryptTail}`],
      ['an unknown version', `$2z$10$${bcryptTail}`],
    ],
  );
  refused(
    'bcrypt',
    'password',
    /^Is a bcrypt hash too costly to verify here: its cost must be at most 15\.$/,
    [['a cost above ours', `$2y$16$${bcryptTail}`]],
  );
  refused('bcrypt', 'password', /CVE-2011-2483/, [['one by a broken bcrypt', `$2x$10$${bcryptTail}`]]);

  refused('md5', 'password', /^Must be an MD5 hash: 32 hexadecimal digits\.$/, [
    ['a plain password', 'swordfish'],
    ['another digit', `${md5Hash}0`],
    ['a letter that is no digit', md5Hash.replace('f', 'g')],
    ['nothing', ''],
  ]);

  refused(
    'phpass',
    'password',
    /^Must be a phpass hash: \$P\$ or \$H\$ and 31 characters, or a bcrypt hash\.$/,
    [
      ['a plain password', 'swordfish'],
      ['a character too few', '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L'],
      ['fewer rounds than 2^7', '$P$4IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'],
      ['more rounds than 2^30', '$P$TIQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'],
      ["phpass's extended DES", '_zzzzXXXXXXXXXXXXXXX'],
    ],
  );
  refused('phpass', 'password', /^Is a phpass hash too costly to verify here: at most 2\^16 rounds\.$/, [
    ['more rounds than ours', '$P$FIQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'],
  ]);
  refused('phpass', 'password', /^Is a bcrypt hash too costly/, [
    ['a costly bcrypt', `$2y$16$${bcryptTail}`],
  ]);

  refused('sha', 'password', /^Must be a sha256 hash: 64 hexadecimal digits\.$/, [
    ['a SHA-1 hash as the default SHA-256', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['a plain password', 'swordfish', { passwordVersion: 'SHA256' }],
  ]);
  refused('sha', 'passwordVersion', /^Must be one of sha1, sha224, .*, sha3-512\.$/, [
    ['an unknown version', md5Hash, { passwordVersion: 'md5' }],
    ["an object's own names", md5Hash, { passwordVersion: 'constructor' }],
    ['an empty version', md5Hash, { passwordVersion: '' }],
  ]);
});
