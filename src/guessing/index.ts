/** What others may use: a try to guess a secret, where users are at home, and the shield in front of both. */
export { type Guess, guessOf } from './guess';
export { rememberPlace } from './known';
export { removeOld } from './maintenance';
export { networkOf } from './network';
export { shield } from './shield';
export { overBudget } from './tooMany';
