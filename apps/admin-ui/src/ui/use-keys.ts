import { useEffect, useRef } from 'react';

const OFF = 'sfs.keys';

/** Single letters can be switched off (WCAG 2.1.4). */
export function areLetterKeysOn(): boolean {
  return localStorage.getItem(OFF) !== 'off';
}

export function setLetterKeys(on: boolean): void {
  localStorage.setItem(OFF, on ? 'on' : 'off');
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) && !(target instanceof HTMLInputElement && /^(radio|checkbox)$/.test(target.type));
}

export function useCtrlS(save: () => void): void {
  useKeydown((event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    save();
  });
}

/** One letter outside fields, without modifiers, unless switched off. */
export function useLetterKeys(handlers: Readonly<Record<string, () => void>>): void {
  useKeydown((event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isTyping(event.target) || !areLetterKeysOn() || document.querySelector('[role="dialog"],[role="alertdialog"]')) return;
    const handler = handlers[event.key.toLowerCase()];
    if (!handler) return;
    event.preventDefault();
    handler();
  });
}

export function useKeydown(handler: (event: KeyboardEvent) => void): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => latest.current(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
