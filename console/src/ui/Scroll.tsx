import type { ReactNode } from 'react';

interface ScrollProps {
  readonly label: string;
  readonly look: string;
  readonly isBusy?: boolean;
  readonly children: ReactNode;
}

/** What may be wider or longer than its place: the keyboard scrolls it too. */
export function Scroll({ label, look, isBusy = false, children }: ScrollProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard (WCAG 2.1.1)
    <section className={look} aria-label={label} tabIndex={0} data-busy={isBusy}>
      {children}
    </section>
  );
}
