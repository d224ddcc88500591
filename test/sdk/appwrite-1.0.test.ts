import { loadSdk } from './support/generation';
import { describeQueries } from './support/queriesSuite';
import { describeUsers } from './support/suite';

const sdk = loadSdk('node-appwrite-1.0', '1.0.0', '');

describeUsers(sdk);
describeQueries(sdk);
