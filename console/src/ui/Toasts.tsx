import { X } from 'lucide-react';
import { useSyncExternalStore } from 'react';

interface Toast {
  readonly message: string;
  readonly more?: string;
  readonly isProblem?: boolean;
  undo?(): Promise<void>;
}

type Shown = Toast & { readonly id: number };

const SHOWN_MS = 6_000;
const WITH_UNDO_MS = 12_000;
const MOST = 4;

let shown: readonly Shown[] = [];
let last = 0;
const listeners = new Set<() => void>();

function show(next: readonly Shown[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

/** Tells the person something that needs no answer; problems stay until they are closed. */
export function toast(given: Toast): void {
  const id = ++last;
  show([...shown, { ...given, id }].slice(-MOST));
  if (!given.isProblem) setTimeout(() => close(id), given.undo === undefined ? SHOWN_MS : WITH_UNDO_MS);
}

const close = (id: number) => show(shown.filter((one) => one.id !== id));

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Toasts() {
  const toasts = useSyncExternalStore(subscribe, () => shown);
  return (
    <section className="toasts" aria-label="Notifications" aria-live="polite" data-react-aria-top-layer>
      {toasts.map(({ id, message, more, isProblem, undo }) => (
        <div key={id} className={`toast ${isProblem ? 'problem' : ''}`} role={isProblem ? 'alert' : 'status'}>
          <div className="words">
            {message}
            {more && <div className="more">{more}</div>}
          </div>
          {undo && (
            <button
              type="button"
              onClick={() => {
                close(id);
                void undo();
              }}
            >
              Undo
            </button>
          )}
          <button type="button" aria-label="Close notification" onClick={() => close(id)}>
            <X size={15} aria-hidden />
          </button>
        </div>
      ))}
    </section>
  );
}
