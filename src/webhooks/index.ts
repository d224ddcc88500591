/** What others may use of webhooks: their rows, the secrets that sign, and how delivery is woken up. */
export { found, recordWebhook, webhookColumns } from './rows';
export { bytesOf, openFor } from './secrets';
export { queueOf, type Wake, wake, wakeLater } from './wake';
