import { Link } from '@tanstack/react-router';
import { ChevronFirst, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonClass } from './controls.tsx';
import { layout } from './layout.tsx';

interface PagerProps {
  readonly summary: ReactNode;
  readonly page: string | undefined;
  readonly next: string;
  readonly keys?: ReactNode;
}

/** Cursor paging: forward by token, back by the browser, first by a link. */
export function Pager({ summary, page, next, keys }: PagerProps) {
  const to = (token: string | undefined) => (before: Record<string, unknown>) => ({ ...before, page: token });
  return (
    <div className={layout.foot}>
      <span>{summary}</span>
      {keys ? <span className={layout.wide}>{keys}</span> : null}
      {page || next ? (
        <nav className={`${layout.row} ${layout.right}`} aria-label="Pages">
          {page ? (
            <Link to="." search={to(undefined)} className={buttonClass({ look: 'ghost', small: true })}>
              <ChevronFirst aria-hidden /> First page
            </Link>
          ) : null}
          {next ? (
            <Link to="." search={to(next)} className={buttonClass({ look: 'ghost', small: true })}>
              Next page <ChevronRight aria-hidden />
            </Link>
          ) : null}
        </nav>
      ) : null}
    </div>
  );
}
