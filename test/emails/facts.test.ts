import disposableDomains from 'freemail/data/disposable.txt';
import freeDomains from 'freemail/data/free.txt';
import { describe, expect, test } from 'vitest';
import { emailFacts } from '../../src/emails/facts';
import { api } from '../support/api';
import { newUser } from '../support/given';

describe('The canonical form of an address', () => {
  test.each([
    ['ada.love.lace@gmail.com', 'adalovelace@gmail.com'],
    ['ada+news@googlemail.com', 'ada@gmail.com'],
    ['a.da+x+y@gmail.com', 'ada@gmail.com'],
    ['+only@gmail.com', '+only@gmail.com'],
    ['ada.l+x@hotmail.com', 'ada.l+x@outlook.com'],
    ['ada@live.co.uk', 'ada@outlook.com'],
    ['ada-l@ymail.com', 'ada-l@yahoo.com'],
    ['ada@me.com', 'ada@icloud.com'],
    ['ada@proton.me', 'ada@protonmail.com'],
    ['ada@fastmail.fm', 'ada@fastmail.com'],
    ['ada.l+x@example.com', 'ada.l+x@example.com'],
  ])('of %s is %s', (email, emailCanonical) => {
    expect(emailFacts(email)).toMatchObject({ emailCanonical, emailIsCanonical: email === emailCanonical });
  });
});

describe('The domain of an address', () => {
  test.each([
    ['gmail.com', 'free'],
    ['gmx.de', 'free'],
    ['proton.me', 'free'],
    ['mailinator.com', 'disposable'],
    ['yopmail.com', 'disposable'],
    ['example.com', 'corporate'],
    ['mail.gmail.com.example.org', 'corporate'],
  ])('%s is %s, and only that', (domain, kind) => {
    expect(emailFacts(`ada@${domain}`)).toMatchObject({
      emailIsFree: kind === 'free',
      emailIsDisposable: kind === 'disposable',
      emailIsCorporate: kind === 'corporate',
    });
  });

  test.each([
    ['disposable', disposableDomains],
    ['free', freeDomains],
  ])('is looked up in a list of %s ones that is sorted as the look-up needs it', (_, text) => {
    const lines = text.split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.length).toBeGreaterThan(4000);
    expect(lines).toEqual([...lines].sort());
  });
});

test('A user without an address has null for each of these fields', async () => {
  const { body } = await api(`GET /users/${await newUser()}`);
  expect(body).toMatchObject({
    emailCanonical: null,
    emailIsFree: null,
    emailIsDisposable: null,
    emailIsCorporate: null,
    emailIsCanonical: null,
  });
});

test('A user with an address of Gmail is told by its canonical form', async () => {
  const { body } = await api(`GET /users/${await newUser({ email: 'A.D.A+test@googlemail.com' })}`);
  expect(body).toMatchObject({
    email: 'a.d.a+test@googlemail.com',
    emailCanonical: 'ada@gmail.com',
    emailIsFree: true,
    emailIsDisposable: false,
    emailIsCorporate: false,
    emailIsCanonical: false,
  });
});
