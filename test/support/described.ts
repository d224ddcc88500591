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
  const schema = response.content?.['application/json']?.schema;
  if (schema === undefined) return;
  const selects = /%22select%22/i.test(path);
  const name = `${method} ${template} ${answer.status}${selects ? ' select' : ''}`;
  const { errors } = validatorOf(name, schema, selects).validate(answer.body);
  expect(errors, `the answer of ${method} ${path}`).toEqual([]);
}

/** The path of the document that a request's path is served under; fixed ones win. */
function templateOf(path: string): string | undefined {
  const pathname = `/v1${path.split('?')[0]}`.replace(/\/+$/, '');
  return Object.keys(document.paths)
    .sort((a, b) => a.split('{').length - b.split('{').length)
    .find((candidate) => new RegExp(`^${candidate.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname));
}

/** @param selects whether the caller chose fields: then none is required, but still no other may be there */
function validatorOf(name: string, schema: Schema, selects: boolean): Validator {
  const known = validators.get(name);
  if (known !== undefined) return known;
  const whole = { ...schema, components: document.components };
  const optional = JSON.parse(
    JSON.stringify(whole, (key, value) => (key === 'required' ? undefined : value)),
  );
  const made = new Validator(selects ? optional : whole, '2020-12', false);
  validators.set(name, made);
  return made;
}
