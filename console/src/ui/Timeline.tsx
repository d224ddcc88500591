import type { Log } from '../api/models';
import { Badge, Time } from './parts';

const WORDS: Readonly<Record<string, string>> = {
  create: 'created',
  update: 'changed',
  delete: 'deleted',
  fail: 'failed',
  read: 'read',
};

/** `session.create` as people say it: Session created. */
export function describeEvent(event: string): string {
  const [noun = '', verb = '', ...rest] = event.split('.');
  const spaced = noun.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  const words = [spaced, WORDS[verb] ?? verb, ...rest].filter(Boolean).join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The colour of what happened: made, gone or failed, or neither. */
export function toneOf(event: string): string {
  if (/\.(delete|fail)/.test(event)) return 'bad';
  return event.includes('.create') ? 'good' : 'accent';
}

const KINDS: Readonly<Record<string, string>> = { keyProject: 'API key', system: 'System', guest: 'Guest' };

/** Who did it, as one reads it: a key by its name, a user by its own. */
function actorOf({ userType, userName, userId, userEmail }: Log): string {
  const name = userName || userEmail || userId;
  const kind = KINDS[userType];
  return [kind, name].filter(Boolean).join(' ') || 'Somebody';
}

/** What happened, newest first, with who did it and from where. */
export function Timeline({ logs }: { logs: readonly Log[] }) {
  return (
    <ol className="timeline">
      {logs.map((log, at) => (
        // Lines have no ID of their own, and never change their order.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <li key={`${log.time} ${log.event} ${at}`}>
          <span className={`dot ${toneOf(log.event)}`} />
          <div>
            <div className="what">
              {describeEvent(log.event)}{' '}
              {log.count !== undefined && log.count > 1 && <Badge>{log.count} times</Badge>}
            </div>
            <div className="facts">
              by {actorOf(log)}
              {[log.ip, log.countryName !== 'Unknown' && log.countryName, log.clientName]
                .filter(Boolean)
                .map((fact) => ` · ${fact}`)}
            </div>
          </div>
          <Time at={log.time} />
        </li>
      ))}
    </ol>
  );
}
