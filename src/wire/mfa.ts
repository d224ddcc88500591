import * as v from 'valibot';
import { plainModel } from './dialect/plain';

/** What a user can prove a second time with. */
export const factorsModel = plainModel(
  'MfaFactors',
  v.strictObject({ totp: v.boolean(), phone: v.boolean(), email: v.boolean(), recoveryCode: v.boolean() }),
);

/** An authenticator in the making: in the only answer that holds its secret. */
export const mfaTypeModel = plainModel('MfaType', v.strictObject({ secret: v.string(), uri: v.string() }));

/** Recovery codes that are left. */
export const recoveryCodesModel = plainModel(
  'MfaRecoveryCodes',
  v.strictObject({ recoveryCodes: v.array(v.string()) }),
);
