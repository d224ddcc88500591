import * as v from 'valibot';
import { integer } from '../http/params';
import { plainModel } from './dialect/plain';

/** A JWT on the wire. */
export const jwtModel = plainModel('JWT', v.strictObject({ jwt: v.string() }));

/** Lifetime of a JWT in seconds: at most an hour. */
export const jwtDuration = v.optional(integer(0, 3600), 900);
