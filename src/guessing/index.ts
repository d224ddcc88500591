/** What others may use: a try to guess a secret, where users are at home, the shield in front, and budgets of writes. */
export { isSpent, overBudget } from './budget';
export { guessOf, type Try } from './guess';
export { rememberPlace } from './known';
export { forgetFailures, removeOld } from './maintenance';
export { shield } from './shield';
