type Json = Record<string, unknown>;

/**
 * The part of an OpenAPI document that the console's types are made of: no call of a user for itself, no model of 0.15
 * (their names end with `Classic`), no row cut by `select`, and one kind of error for all.
 */
export function modernOnly(document: unknown): Json {
  if (!isObject(document) || !isObject(document.paths)) return {};
  const paths = Object.entries(document.paths).filter(([path]) => !path.startsWith('/v1/account'));
  const operations = paths.map(([path, item]) => [
    path,
    isObject(item) ? mapValues(item, withOneError) : item,
  ]);
  const pruned = prune({ ...document, paths: Object.fromEntries(operations) });
  return isObject(pruned) ? pruned : {};
}

/** Every error has the same form. */
function withOneError(operation: unknown): unknown {
  if (!isObject(operation) || !isObject(operation.responses)) return operation;
  const successes = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
  const error = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };
  const responses = { ...Object.fromEntries(successes), default: { description: 'Error', content: error } };
  return { ...operation, responses };
}

function prune(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(prune);
  if (!isObject(value)) return value;
  const { anyOf, ...rest } = value;
  const entries = Object.entries(rest).filter(([name]) => !/^\w+Classic$/.test(name));
  const others = Object.fromEntries(entries.map(([name, item]) => [name, prune(item)]));
  if (!Array.isArray(anyOf)) return others;
  const hasModels = anyOf.some(mentionsModel);
  const kept = anyOf.filter((item) => !isClassic(item) && (mentionsModel(item) || !hasModels)).map(prune);
  // Of two dialects one is left: it stands for itself.
  return kept.length === 1 && isObject(kept[0]) ? { ...others, ...kept[0] } : { ...others, anyOf: kept };
}

const mentionsModel = (value: unknown) => JSON.stringify(value).includes('"$ref":');

/** A reference to a classic model, or a list of them. */
const isClassic = (value: unknown) => /"\$ref":"[^"]*Classic"/.test(JSON.stringify(value));

function mapValues(object: Json, map: (value: unknown) => unknown): Json {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]));
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
