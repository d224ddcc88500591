import { Validator } from '@seriousme/openapi-schema-validator';
import * as v from 'valibot';
import { expect, inject, test } from 'vitest';

test('The OpenAPI document is a valid one, of version 3.1', async () => {
  const answer = await fetch(`${inject('endpoint')}/openapi.json`);
  const validator = new Validator();
  // The validator takes a property called `$id`, which Appwrite's models have, for the ID of a schema.
  const document = JSON.parse((await answer.text()).replaceAll('"$id"', '"id"'));
  expect(await validator.validate(document)).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
});

test('The reference page names every path of the document', async () => {
  const answer = await fetch(`${inject('endpoint')}/openapi.json`);
  const { paths } = v.parse(v.object({ paths: v.record(v.string(), v.unknown()) }), await answer.json());
  const page = await (await fetch(`${inject('endpoint')}/reference`)).text();
  expect(Object.keys(paths).filter((path) => !page.includes(path))).toEqual([]);
});
