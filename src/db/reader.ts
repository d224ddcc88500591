import { Column, noopDecoder, SQL } from 'drizzle-orm';

/** A row as D1 gives it, by the names of its columns. */
type Row = Readonly<Record<string, unknown>>;

/** A column of a result: its name there, the key of the row that it becomes, and how its value is read. */
interface Reading {
  readonly name: string;
  readonly key: string;
  /** Null where the value is what D1 gives. */
  readonly decode: ((value: unknown) => unknown) | null;
}

/** A statement that Drizzle prepared. */
interface Prepared {
  mapResult(result: unknown, isFromBatch: boolean): unknown;
}

/**
 * What reads the rows of a statement's result, by the fields that it selects or returns: as Drizzle reads them, but how is
 * looked up once, not with every value. Where rows nest, and where there are none, Drizzle reads the result.
 */
export function readerOf(prepared: Prepared): (result: D1Result<Row>) => unknown {
  const fields: unknown[] = 'fields' in prepared && Array.isArray(prepared.fields) ? prepared.fields : [];
  const readings = fields.map(readingOf).filter((reading) => reading !== null);
  if (readings.length === 0 || readings.length < fields.length)
    return (result) => prepared.mapResult(result, true);
  if (new Set(readings.map(({ name }) => name)).size < readings.length)
    throw new TypeError('Two columns of a statement have one name, of which D1 returns but one.');
  return ({ results }) => results.map((row) => readRow(readings, row));
}

function readRow(readings: readonly Reading[], row: Row): Row {
  const read: Record<string, unknown> = {};
  for (const { name, key, decode } of readings) {
    const value = row[name];
    read[key] = value === null || decode === null ? value : decode(value);
  }
  return read;
}

function readingOf(selected: unknown): Reading | null {
  if (typeof selected !== 'object' || selected === null || !('field' in selected && 'path' in selected))
    return null;
  const { field, path } = selected;
  const [key, ...inner]: unknown[] = Array.isArray(path) ? path : [];
  if (typeof key !== 'string' || inner.length > 0) return null;
  if (field instanceof Column) return { name: field.name, key, decode: decodingOf(field) };
  return field instanceof SQL.Aliased ? { name: field.fieldAlias, key, decode: decodingOf(field) } : null;
}

/** How a value of what a statement selects is read; null where it is what D1 gives. */
export function decodingOf(field: Column | SQL | SQL.Aliased): Reading['decode'] {
  if (field instanceof Column) return decoding(field);
  const selected = field instanceof SQL.Aliased ? field.sql : field;
  const decoder: unknown = 'decoder' in selected ? selected.decoder : null;
  return isDecoder(decoder) ? decoding(decoder) : null;
}

interface Decoder {
  mapFromDriverValue(value: unknown): unknown;
}

function isDecoder(value: unknown): value is Decoder {
  return typeof value === 'object' && value !== null && 'mapFromDriverValue' in value;
}

function decoding(decoder: Decoder): Reading['decode'] {
  const { mapFromDriverValue } = decoder;
  const isAsIs = [Column.prototype.mapFromDriverValue, noopDecoder.mapFromDriverValue].includes(
    mapFromDriverValue,
  );
  return isAsIs ? null : (value) => decoder.mapFromDriverValue(value);
}
