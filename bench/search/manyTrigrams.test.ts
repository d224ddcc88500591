import { measureSearch } from './measure';

measureSearch('manyTrigrams', [
  '\u4e00',
  '\u4e00\u4e01',
  '\u4e00\u4e01\u4e02',
  '\u4e00'.repeat(256),
  'm',
  'example.com',
]);
