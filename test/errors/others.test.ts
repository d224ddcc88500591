import { testErrors } from './suite';

testErrors('others');
