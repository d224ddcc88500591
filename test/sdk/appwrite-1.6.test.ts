import { loadSdk } from './support/generation';
import { describeQueries } from './support/queriesSuite';
import { describeUsers } from './support/suite';

const sdk = loadSdk('node-appwrite-1.6', '1.6.0', { message: '' });

describeUsers(sdk);
describeQueries(sdk);
