import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { Dialog } from '../ui/Dialog';
import { SCREENS } from './screens';

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** The keyboard's ways: `/` searches, `g` and a letter leads to a screen, `?` tells of them. */
export function Shortcuts() {
  const [isOpen, setOpen] = useState(false);
  const navigate = useNavigate();
  const wasG = useRef(0);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"], [role="alertdialog"]')) return;
      if (event.key === '?') setOpen(true);
      if (event.key === '/') {
        const search = document.querySelector<HTMLInputElement>('[data-search]');
        if (search === null) return;
        event.preventDefault();
        search.focus();
        search.select();
      }
      const screen = SCREENS.find(({ letter }) => letter === event.key);
      if (event.timeStamp - wasG.current < 1000 && screen) void navigate({ to: screen.to, search: {} });
      wasG.current = event.key === 'g' ? event.timeStamp : 0;
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate]);
  return (
    <Dialog title="Keyboard shortcuts" isOpen={isOpen} onClose={() => setOpen(false)}>
      <dl className="shortcuts">
        <Line keys={['/']} what="Search the list" />
        <Line keys={['?']} what="Show these shortcuts" />
        {SCREENS.map(({ letter, title, to }) => (
          <Line key={to} keys={['g', letter]} what={`Go to ${title}`} />
        ))}
        <Line keys={['Esc']} what="Close a dialog" />
      </dl>
    </Dialog>
  );
}

function Line({ keys, what }: { keys: readonly string[]; what: string }) {
  return (
    <>
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{what}</dd>
    </>
  );
}
