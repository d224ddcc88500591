/** What others may use of usage: it is added up, and how far it is. */
export { addedUp, addUpUsage } from './addUp';
