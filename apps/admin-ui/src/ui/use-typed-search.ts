import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';

/** The search field answers at once, the URL follows 200 ms later without filling the history. */
export function useTypedSearch(q: string): { readonly typed: string; readonly type: (text: string) => void } {
  const [typed, setTyped] = useState(q);
  const sent = useRef(q);
  const navigate = useNavigate();
  useEffect(() => {
    if (q !== sent.current) setTyped(q);
    sent.current = q;
  }, [q]);
  useEffect(() => {
    if (typed === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = typed;
      void navigate({ to: '.', replace: true, search: (before: Record<string, unknown>) => ({ ...before, q: typed || undefined, page: undefined }) });
    }, 200);
    return () => clearTimeout(timer);
  }, [typed, navigate]);
  return { typed, type: setTyped };
}
