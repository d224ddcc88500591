const isoPattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(?:([Zz])|([+-])(\d{2}):?(\d{2})?)?)?$/;

/** The years 0000 to 9999, which Appwrite allows, in milliseconds. */
const earliest = Date.parse('0000-01-01T00:00:00.000Z');
const latest = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * A moment from a query: ISO 8601, where no offset means UTC, or Unix time in whole seconds, which is how Appwrite up
 * to 0.15 shows times.
 * @returns milliseconds UTC (a finer fraction is cut off), undefined for what is no moment
 */
export function parseTime(value: string | number): number | undefined {
  const time = typeof value === 'number' ? secondsToTime(value) : isoToTime(value);
  return time !== undefined && time >= earliest && time <= latest ? time : undefined;
}

function secondsToTime(seconds: number): number | undefined {
  return Number.isSafeInteger(seconds) ? seconds * 1000 : undefined;
}

function isoToTime(text: string): number | undefined {
  const parts = isoPattern.exec(text.trim());
  if (!parts) return undefined;
  const number = (index: number) => Number(parts[index] ?? 0);
  const [year, month, day, hour, minute, second] = [
    number(1),
    number(2),
    number(3),
    number(4),
    number(5),
    number(6),
  ];
  if (hour > 23 || minute > 59 || second > 59 || number(10) > 23 || number(11) > 59) return undefined;
  const date = new Date(0);
  // Not Date.UTC, which takes the years 0 to 99 for those of the twentieth century.
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  date.setUTCHours(hour, minute, second, Number((parts[7] ?? '').slice(0, 3).padEnd(3, '0')));
  const offset = (number(10) * 60 + number(11)) * 60_000;
  return date.getTime() - (parts[9] === '-' ? -offset : offset);
}
