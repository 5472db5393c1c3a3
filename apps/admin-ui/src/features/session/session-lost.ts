/** Set when the server says nobody is signed in while a page is open; the page stays, a dialog asks to sign in again. */
let lost = false;
const listeners = new Set<() => void>();

export function setSessionLost(next: boolean): void {
  if (lost === next) return;
  lost = next;
  for (const listener of listeners) listener();
}

export function isSessionLost(): boolean {
  return lost;
}

export function onSessionLost(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
