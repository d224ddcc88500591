import { type Schema, Validator } from '@cfworker/json-schema';
import { expect } from 'vitest';
import { endpoints } from '../../src/app';
import { describeApi } from '../../src/meta/root';
import type { Answer } from './api';

const document = JSON.parse(JSON.stringify(describeApi(endpoints)));
const validators = new Map<string, Validator>();

/** Asserts that an answer is one that the OpenAPI document describes: every answer that any test gets. */
export function checkDescribed(method: string, path: string, answer: Answer): void {
  const template = templateOf(path);
  const described = template && document.paths[template][method.toLowerCase()];
  if (described === undefined) {
    const statuses = method === 'HEAD' ? [200, 401, 404, 405] : [204, 403, 404, 405];
    expect(statuses, `the answer of ${method} ${path}, which is not described`).toContain(answer.status);
    return;
  }
  const response = described.responses[answer.status];
  expect(response, `${answer.status} of ${method} ${template}: ${answer.text}`).toBeDefined();
  if (answer.status >= 400 && answer.body !== undefined) {
    const { type } = answer.body;
    const advice = `${method} ${template} answered ${type}, which it does not declare: add it to its errors`;
    expect(response.description, advice).toContain(`\`${type}\`: `);
  }
  const isLines = answer.headers.get('content-type')?.startsWith('application/x-ndjson') ?? false;
  const schema = response.content?.[isLines ? 'application/x-ndjson' : 'application/json']?.schema;
  if (schema === undefined) return;
  const selects = /select/i.test(path);
  if (isLines) {
    const validator = validatorOf(`a line of ${method} ${template}`, schema);
    for (const line of answer.text.split('\n').filter((text) => text !== '')) {
      expect(validator.validate(JSON.parse(line)).errors, `a line of ${method} ${path}: ${line}`).toEqual([]);
    }
    return;
  }
  const name = `${method} ${template} ${answer.status}`;
  for (const validator of [validatorOf(name, schema), validatorOf(name, schema, { selects })]) {
    const { errors } = validator.validate(answer.body);
    expect(errors, `the answer of ${method} ${path}`).toEqual([]);
  }
}

/** The path of the document that a request's path is served under; fixed ones win. */
function templateOf(path: string): string | undefined {
  const pathname = `/v1${path.split('?')[0]}`.replace(/^\/v1\/$/, '/v1');
  return Object.keys(document.paths)
    .sort((a, b) => a.split('{').length - b.split('{').length)
    .find((candidate) => new RegExp(`^${candidate.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname));
}

/**
 * @param strictly what the document leaves open: whether the caller chose fields. If so an item has none but those of
 * its model, if not it has all of them
 */
function validatorOf(name: string, schema: Schema, strictly?: { selects: boolean }): Validator {
  const key = `${name} ${strictly?.selects}`;
  const known = validators.get(key);
  if (known !== undefined) return known;
  const made = new Validator(
    JSON.parse(
      JSON.stringify({ ...schema, components: document.components }, (key, value) => {
        if (strictly?.selects && key === 'required') return undefined;
        return strictly && key === 'items' && value?.anyOf ? value.anyOf[0] : value;
      }),
    ),
    '2020-12',
    false,
  );
  validators.set(key, made);
  return made;
}
