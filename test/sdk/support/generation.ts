import { createRequire } from 'node:module';
import { inject } from 'vitest';

/** Named parameters of a method of the SDK's `Users`. */
export type Params = Readonly<Record<string, unknown>>;

/** A refusal as the SDK tells it to the application. */
export interface Refusal {
  readonly code: number;
  readonly type: string;
  readonly message: string;
}

type Method = (...values: unknown[]) => unknown;

interface Client {
  setEndpoint(endpoint: string): this;
  setProject(project: string): this;
  setKey(key: string): this;
}

/** What an application gets from any generation of the SDK, as far as users are concerned. */
interface SdkModule {
  readonly Client: new () => Client;
  readonly Users: new (client: Client) => object;
  readonly Query: object;
  readonly AppwriteException: new (...values: never[]) => Error & Refusal;
}

/** What a client may be answered. */
export interface Era {
  /** The version of Appwrite that it asks for in `X-Appwrite-Response-Format`. */
  readonly format: string;
  /** Whether it speaks 0.15's dialect. */
  readonly classic: boolean;
  /** Whether it was made for this version of Appwrite, or a later one. */
  since(version: string): boolean;
}

/** One generation of the server SDK, unmodified, calling the running Worker. */
export interface Sdk extends Era {
  /** Short, for IDs that no other generation's tests use. */
  readonly prefix: string;
  /** What its calls return where the server answers 204. */
  readonly nothing: unknown;
  /** Every method of its class `Users`. */
  readonly methods: readonly string[];
  /** Every method of its class `Query`. */
  readonly queries: ReadonlyMap<string, (...values: unknown[]) => string>;
  /** Calls a method of `Users` as an application would: with an object, or with values in a row. */
  call(method: string, params?: Params, key?: string): Promise<unknown>;
  /** Calls a method that must be refused. */
  refusal(method: string, params?: Params, key?: string): Promise<Refusal>;
  /** Whether a method has a parameter of this name. */
  takes(method: string, parameter: string): boolean;
}

/**
 * Loads a generation. By `require`, since the older ones are not ES modules and their types claim the name of the
 * newest.
 * @param name of the package, as package.json has it
 */
export function loadSdk(name: string, format: string, nothing: unknown): Sdk {
  const module: SdkModule = createRequire(import.meta.url)(name);
  const prototype = methodsOf(module.Users.prototype);
  const as = (key: string) =>
    new module.Users(new module.Client().setEndpoint(inject('endpoint')).setProject('default').setKey(key));
  const call = async (method: string, params: Params = {}, key = inject('rootKey')) => {
    const found = prototype.get(method);
    if (found === undefined) throw new Error(`${name} has no users.${method}`);
    return found.apply(as(key), argumentsOf(found, params));
  };
  return {
    ...eraOf(format),
    prefix: `v${format.replaceAll('.', '')}`,
    nothing,
    methods: [...prototype.keys()],
    queries: methodsOf(module.Query),
    call,
    async refusal(method, params, key) {
      const error = await call(method, params, key).then(
        (answer) => new Error(`${method} was answered: ${JSON.stringify(answer)}`),
        (reason: unknown) => reason,
      );
      if (!(error instanceof module.AppwriteException)) throw error;
      const { code, type, message } = error;
      return { code, type, message };
    },
    takes(method, parameter) {
      const found = prototype.get(method);
      return found !== undefined && (takesObject(found) || namesOf(found).includes(parameter));
    },
  };
}

/** A class's functions by name. Its helpers, which build a query's text, are no queries. */
function methodsOf<Found extends Method>(owner: object): ReadonlyMap<string, Found> {
  const helpers = ['constructor', 'length', 'name', 'prototype', 'addQuery', 'parseValues'];
  return new Map(
    Object.getOwnPropertyNames(owner)
      .filter((name) => !helpers.includes(name))
      .map((name) => [name, Reflect.get(owner, name)]),
  );
}

/** SDKs since 1.8 take an object of parameters, older ones the values in the order of their declaration. */
function argumentsOf(method: Method, params: Params): unknown[] {
  if (takesObject(method)) return [params];
  const names = namesOf(method);
  const unknown = Object.keys(params).filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`${method.name} does not take ${unknown}`);
  return names.map((name) => params[name]);
}

function takesObject(method: Method): boolean {
  return namesOf(method)[0] === 'paramsOrFirst';
}

/** The names of a function's parameters: the SDKs are not minified. */
function namesOf(method: Method): string[] {
  const [, list = ''] = /\(([^)]*)\)/.exec(String(method)) ?? [];
  return list.split(',').map((name) => name.trim());
}

/** @param format a version that a client sends as `X-Appwrite-Response-Format` */
export function eraOf(format: string): Era {
  return {
    format,
    classic: isBefore(format, '1.0.0'),
    since: (version) => !isBefore(format, version),
  };
}

function isBefore(version: string, other: string): boolean {
  return version.localeCompare(other, 'en', { numeric: true }) < 0;
}
