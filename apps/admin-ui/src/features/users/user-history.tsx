import type { User } from '@sfs/rest-contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChangeList } from '../changes/change-list.tsx';
import { changesOfQuery } from '../changes/changes.api.ts';
import { diffChange } from '../changes/change-words.ts';
import { layout, Panel } from '../../ui/layout.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import text from '../../ui/text.module.css';
import { When } from '../../ui/when.tsx';

export function UserHistory({ user }: { readonly user: User }) {
  const changes = useQuery(changesOfQuery(user.id));
  return (
    <Panel title="History">
      <QueryState query={changes}>{(items) => <ChangeList items={items} empty={`Nothing was changed at ${user.displayName} yet.`} />}</QueryState>
    </Panel>
  );
}

/** The last few, beside the settings. */
export function RecentHistory({ user }: { readonly user: User }) {
  const { data = [] } = useQuery(changesOfQuery(user.id));
  if (data.length === 0) return null;
  return (
    <section aria-labelledby="history" className={layout.ruled}>
      <h2 id="history">History</h2>
      <ul className={layout.stack} style={{ gap: 8 }}>
        {data.slice(0, 3).map((change) => (
          <li key={`${change.time}-${change.entityId}-${change.version}`}>
            {diffChange(change, (id) => (id === user.id ? user.displayName : undefined))
              .slice(0, 2)
              .map((line) => (
                <span key={line.label} style={{ display: 'block' }}>
                  {line.label} {line.was ? <span className={text.was}>{line.was}</span> : null} <span className={text.will}>{line.will}</span>
                </span>
              ))}
            <span className={text.hint}>
              <When iso={change.time} />, {change.actor}
            </span>
          </li>
        ))}
      </ul>
      <Link to="." search={(before: Record<string, unknown>) => ({ ...before, section: 'history' })}>
        Everything
      </Link>
    </section>
  );
}
