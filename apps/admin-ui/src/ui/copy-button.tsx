import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { announce } from './announce.ts';
import { Button } from './controls.tsx';

export function CopyButton({ text, label = 'Copy' }: { readonly text: string | (() => string); readonly label?: string }) {
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), 2000);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = async () => {
    await navigator.clipboard.writeText(typeof text === 'function' ? text() : text);
    setDone(true);
    announce('Copied');
  };
  return (
    <Button small look="ghost" onClick={() => void copy().catch(() => announce('The browser did not allow copying. Select the text and copy it.'))}>
      {done ? <Check aria-hidden /> : <Copy aria-hidden />}
      {done ? 'Copied' : label}
    </Button>
  );
}
