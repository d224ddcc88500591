/** What other features may use of targets: their parameters, and their columns as the model tells them. */
export {
  identifier,
  identifierAs,
  type ProviderType,
  providerId,
  providerType,
  targetName,
  throwMalformed,
} from './params';
export { targetColumns } from './rows';
