/** One polite status region for the whole page: the last text wins. */
type Listener = (text: string) => void;
let listener: Listener | undefined;

export function announce(text: string): void {
  listener?.(text);
}

export function onAnnounce(next: Listener): () => void {
  listener = next;
  return () => {
    if (listener === next) listener = undefined;
  };
}
