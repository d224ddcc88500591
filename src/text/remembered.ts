/**
 * A function of a text that remembers what it answered: callers send the same few texts over and over. The bound keeps those
 * who send ever new ones from growing the isolate's memory.
 * @param most answers that are remembered
 */
export function remembered<Answer>(most: number, answer: (text: string) => Answer): (text: string) => Answer {
  const known = new Map<string, Answer>();
  return (text) => {
    const last = known.get(text);
    if (last !== undefined) return last;
    const now = answer(text);
    if (known.size >= most) known.clear();
    known.set(text, now);
    return now;
  };
}
