import { type ReactNode, useEffect, useRef } from 'react';
import { cx } from './cx.ts';
import { layout } from './layout.tsx';

interface TabBarProps {
  readonly label: string;
  readonly children: ReactNode;
  readonly side?: boolean;
  readonly className?: string | undefined;
}

/** Links to the parts of a page; where it scrolls sideways, the one that is open is in view. */
export function TabBar({ label, children, side = false, className }: TabBarProps) {
  const bar = useRef<HTMLElement>(null);
  const shown = useRef<string | null>(null);
  useEffect(() => {
    const current = bar.current?.querySelector<HTMLElement>('[aria-current]');
    const place = current?.getAttribute('href') ?? null;
    if (!bar.current || !current || place === shown.current) return;
    shown.current = place;
    bar.current.scrollLeft = current.offsetLeft - (bar.current.clientWidth - current.offsetWidth) / 2;
  });
  return (
    <nav ref={bar} className={cx(side ? layout.sidenav : layout.tabs, className)} aria-label={label}>
      {children}
    </nav>
  );
}
