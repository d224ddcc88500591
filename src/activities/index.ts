/** What others may use of the feed: its list. */
export { feed } from './feed';
