import { Link } from '@tanstack/react-router';
import { ChevronFirst, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonClass } from './controls.tsx';
import { layout } from './layout.tsx';

interface PagerProps {
  /** "50 users" */
  readonly summary: ReactNode;
  readonly page: string | undefined;
  readonly next: string;
  /** its rows are links that J and K go through */
  readonly keys?: boolean;
}

/** Cursor paging: forward by token, back by the browser, first by a link. */
export function Pager({ summary, page, next, keys = true }: PagerProps) {
  const to = (token: string | undefined) => (before: Record<string, unknown>) => ({ ...before, page: token });
  return (
    <div className={layout.foot}>
      <span>
        {summary}
        {page || next ? ' on this page' : ''}
      </span>
      {keys ? (
        <span className={layout.wide}>
          <span className={layout.row}>
            <kbd>J</kbd> <kbd>K</kbd> move <kbd>Enter</kbd> open <kbd>/</kbd> search
          </span>
        </span>
      ) : null}
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
