import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { layout } from './layout.tsx';

interface EmptyProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  /** it is the page's only content, so its title is the h1 */
  readonly main?: boolean;
}

/** Nothing yet: what the thing is good for, what happens without it, and the one action. */
export function Empty({ icon: Icon, title, children, actions, main = false }: EmptyProps) {
  const Title = main ? 'h1' : 'h2';
  return (
    <div className={layout.empty}>
      <Icon aria-hidden />
      <Title>{title}</Title>
      <p>{children}</p>
      {actions ? <div className={layout.emptyActs}>{actions}</div> : null}
    </div>
  );
}
