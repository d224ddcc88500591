import { BadgeCheck, Check, Copy, Inbox } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { initialsOf } from '../lib/text';
import { ago, exact, moment } from '../lib/time';

interface TimeProps {
  /** ISO 8601; empty: never. */
  readonly at: string;
  readonly isRelative?: boolean;
  readonly never?: string;
}

/** A moment in the reader's zone; the exact one on hover. */
export function Time({ at, isRelative = true, never = 'Never' }: TimeProps) {
  if (at === '') return <span className="muted">{never}</span>;
  return (
    <time dateTime={at} title={exact(at)} className="nums">
      {isRelative ? ago(at) : moment(at)}
    </time>
  );
}

type Tone = 'good' | 'bad' | 'warn' | 'accent' | '';

export function Badge({ tone = '', children, title }: { tone?: Tone; children: ReactNode; title?: string }) {
  return (
    <span className={`badge ${tone}`} title={title}>
      {children}
    </span>
  );
}

export const StatusBadge = ({ isActive }: { isActive: boolean }) =>
  isActive ? <Badge tone="good">Active</Badge> : <Badge tone="bad">Blocked</Badge>;

export function Verified({ what }: { what: string }) {
  return (
    <span className="verified" title={`${what} verified`}>
      <BadgeCheck size={15} role="img" aria-label={`${what} verified`} />
    </span>
  );
}

export const Avatar = ({
  name,
  otherwise,
  isLarge,
}: {
  name: string;
  otherwise: string;
  isLarge?: boolean;
}) => (
  <span className={`avatar ${isLarge ? 'large' : ''}`} aria-hidden>
    {initialsOf(name, otherwise)}
  </span>
);

/** An ID, or another text that people carry elsewhere: a click copies it. */
export function Copyable({ text, what = 'ID' }: { text: string; what?: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text).catch(() => undefined);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <button
      type="button"
      className="copy"
      onClick={copy}
      title={`Copy ${what}`}
      aria-label={`Copy ${what} ${text}`}
    >
      <span>{text}</span>
      {isCopied ? <Check size={13} aria-hidden /> : <Copy size={13} aria-hidden />}
    </button>
  );
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <Inbox size={36} strokeWidth={1.4} aria-hidden />
      <h2>{title}</h2>
      {children}
    </div>
  );
}

export function Card({
  title,
  actions,
  children,
  look = '',
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
  look?: string;
}) {
  return (
    <section className={`card ${look}`} aria-label={title}>
      <header>
        <h2>{title}</h2>
        {actions}
      </header>
      <div className="body">{children}</div>
    </section>
  );
}

export function PageHead({
  title,
  about,
  children,
}: {
  title: ReactNode;
  about?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className="page-head">
      <div>
        <h1>{title}</h1>
        {about && <p>{about}</p>}
      </div>
      {children && <div className="actions">{children}</div>}
    </header>
  );
}

/** Lines that stand for what is on its way. */
export function Loading({ lines = 4 }: { lines?: number }) {
  return (
    <div className="stack" role="status">
      <span className="hidden">Loading</span>
      {Array.from({ length: lines }, (_, line) => `line ${line}`).map((line) => (
        <span key={line} className="skeleton" />
      ))}
    </div>
  );
}

export function Labels({ labels, most = 3 }: { labels: readonly string[]; most?: number }) {
  if (labels.length === 0) return <span className="muted">–</span>;
  const more = labels.slice(most);
  return (
    <span className="labels">
      {labels.slice(0, most).map((label) => (
        <Badge key={label}>{label}</Badge>
      ))}
      {more.length > 0 && <Badge title={more.slice(0, 50).join(', ')}>+{more.length}</Badge>}
    </span>
  );
}
