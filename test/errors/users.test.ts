import { testErrors } from './suite';

testErrors('users');
