import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';
import { layout, Note } from './layout.tsx';

/** A secret that is shown once. It stays until the page is left, and is announced as such. */
export function Secret({ what, value, children }: { readonly what: string; readonly value: string; readonly children?: ReactNode }) {
  return (
    <div className={layout.stack} role="group" aria-label={what}>
      <Note kind="ok">
        <b>{what}</b> Shown once: copy it now. {children}
      </Note>
      <div className={layout.secret}>
        <code>{value}</code>
        <span className={layout.right}>
          <CopyButton text={value} />
        </span>
      </div>
    </div>
  );
}
