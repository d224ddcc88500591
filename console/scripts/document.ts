import { endpoints } from '../../src/app';
import { describeApi } from '../../src/meta/root';

/** The OpenAPI document of this version. */
export const describe = () => describeApi(endpoints);
