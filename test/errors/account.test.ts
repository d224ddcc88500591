import { testErrors } from './suite';

testErrors('account');
