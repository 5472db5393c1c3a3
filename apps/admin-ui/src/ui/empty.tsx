import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { layout } from './layout.tsx';

/** Nothing yet: what the thing is good for, what happens without it, and the one action. */
export function Empty({ icon: Icon, title, children, actions }: { readonly icon: LucideIcon; readonly title: string; readonly children: ReactNode; readonly actions?: ReactNode }) {
  return (
    <div className={layout.empty}>
      <Icon aria-hidden />
      <h2>{title}</h2>
      <p>{children}</p>
      {actions ? <div className={layout.emptyActs}>{actions}</div> : null}
    </div>
  );
}
