import type { components } from './schema';

type Schemas = components['schemas'];

export type User = Schemas['User'];
export type Session = Schemas['Session'];
export type Log = Schemas['LogList']['logs'][number];
export type Membership = Schemas['Membership'];
export type Target = Schemas['Target'];
export type Identity = Schemas['Identity'];
export type Team = Schemas['Team'];
export type Key = Schemas['Key'];
export type ActivityEvent = Schemas['ActivityEvent'];
export type Webhook = Schemas['Webhook'];
export type Delivery = Schemas['WebhookDelivery'];
