import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { areLetterKeysOn, isTyping, useKeydown } from '../ui/use-keys.ts';
import { PLACES } from './places.ts';

interface GlobalKeys {
  readonly onFind: () => void;
  readonly onKeys: () => void;
}

const SECOND_KEY_MS = 1200;

/** Ctrl K, G then a letter, / and ?. */
export function useGlobalKeys({ onFind, onKeys }: GlobalKeys): void {
  const navigate = useNavigate();
  const goSince = useRef(0);
  useKeydown((event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      return onFind();
    }
    if (event.key === 'Escape' && isTyping(event.target) && !isInDialog()) (event.target as HTMLElement).blur();
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isInDialog() || !areLetterKeysOn()) return;
    const isSecond = event.timeStamp - goSince.current < SECOND_KEY_MS && goSince.current > 0;
    goSince.current = 0;
    const place = isSecond ? PLACES.find(({ key }) => key === event.key.toLowerCase()) : undefined;
    if (place) {
      event.preventDefault();
      return void navigate({ to: place.to });
    }
    single(event, onKeys, () => (goSince.current = event.timeStamp));
  });
}

function single(event: KeyboardEvent, onKeys: () => void, onGo: () => void): void {
  if (event.key === 'g') return onGo();
  if (event.key === '?') return onKeys();
  const search = event.key === '/' ? document.querySelector<HTMLInputElement>('[data-list-search]') : null;
  if (!search) return;
  event.preventDefault();
  search.focus();
}

function isInDialog(): boolean {
  return document.querySelector('[role="dialog"],[role="alertdialog"],dialog[open]') !== null;
}
