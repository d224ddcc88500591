import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

/** How long after the last letter the list follows, milliseconds. */
const PAUSE_MS = 250;

interface SearchProps {
  readonly label: string;
  readonly value: string;
  onChange(value: string): void;
}

/** The search of a list: `/` leads into it, the list follows as one types. */
export function SearchBox({ label, value, onChange }: SearchProps) {
  const [text, setText] = useState(value);
  const told = useRef(value);
  // The address may change by other ways, such as going back.
  useEffect(() => {
    if (value !== told.current) {
      told.current = value;
      setText(value);
    }
  }, [value]);
  useEffect(() => {
    if (text === told.current) return;
    const timer = setTimeout(() => {
      told.current = text;
      onChange(text);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, onChange]);
  return (
    <div className="search">
      <Search size={16} aria-hidden />
      <input
        type="search"
        className="input"
        aria-label={label}
        placeholder={label}
        value={text}
        maxLength={256}
        data-search
        onChange={(event) => setText(event.target.value)}
      />
      {text === '' && <kbd aria-hidden>/</kbd>}
    </div>
  );
}
