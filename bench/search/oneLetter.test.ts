import { measureSearch } from './measure';

const lengths = [1, 2, 3, 4, 10, 64, 127, 128, 256];

measureSearch('oneLetter', [...lengths.map((length) => 'a'.repeat(length)), 'aaaaab']);
