/** What others may use of deletion: how many users go at once, within a transaction of theirs. */
export { deleteUsers, readDeletion } from './statements';
