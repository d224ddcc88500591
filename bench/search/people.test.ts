import { measureSearch } from './measure';

measureSearch('people', [
  'p',
  'jo',
  '4242',
  'example.com',
  'person 4242 ',
  'people99999@example.com',
  'zzz',
  'x'.repeat(256),
]);
