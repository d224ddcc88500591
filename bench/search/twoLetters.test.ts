import { measureSearch } from './measure';

/** Letters that no name is likely to have in this order, but each name has in all parts. */
const some = (length: number) => 'aababbbaabbaaabab'.repeat(16).slice(0, length);

measureSearch('twoLetters', [
  'a',
  'ab',
  'aba',
  'abab',
  some(6),
  some(10),
  some(20),
  some(64),
  some(128),
  some(256),
]);
