import { measureSearch } from './measure';

const some = (length: number) =>
  'abcdabacbdbbcadccaddbabbcdacbaadcbdabcadbcbacdddacc'.repeat(6).slice(0, length);

measureSearch('fourLetters', [3, 4, 5, 6, 8, 10, 16, 24, 40, 128, 256].map(some));
