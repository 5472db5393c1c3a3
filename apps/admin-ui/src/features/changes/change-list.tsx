import type { Change } from '@sfs/rest-contract';
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { History } from 'lucide-react';
import { Empty } from '../../ui/empty.tsx';
import { Table, table } from '../../ui/table.tsx';
import text from '../../ui/text.module.css';
import { When } from '../../ui/when.tsx';
import { userQuery } from '../users/users.api.ts';
import { diffChange, isOfDevice, isOfMailbox, silenceOf, subjectOf, userOf, verbOf } from './change-words.ts';

const HEAD = [
  { key: 'time', label: 'Time' },
  { key: 'who', label: 'Who' },
  { key: 'what', label: 'What' },
  { key: 'diff', label: 'Old and new' },
  { key: 'version', label: 'Version', right: true, from: 'third' },
] as const;

export function ChangeList({ items, empty }: { readonly items: readonly Change[]; readonly empty: string }) {
  const nameOf = useUserNames(items);
  if (items.length === 0)
    return (
      <Empty icon={History} title="No changes yet">
        {empty}
      </Empty>
    );
  return (
    <Table label="Changes" head={HEAD}>
      {items.map((change) => (
        <tr key={`${change.owner}-${change.kind}-${change.entityId}-${change.version}-${change.time}`}>
          <td data-c="d" className={text.faint}>
            <When iso={change.time} />
          </td>
          <td data-c="c">{change.actor}</td>
          <td data-c="a" className={table.wrap}>
            <Subject change={change} name={subjectOf(change, nameOf)} /> <span className={text.faint}>{verbOf(change)}</span>
          </td>
          <td data-c="e" className={table.wrap}>
            {change.deleted ? <span className={text.faint}>what it was stays in the history</span> : <Diff change={change} nameOf={nameOf} />}
          </td>
          <td className={`${table.right} ${table.third} ${text.faint}`}>{change.version || 'none'}</td>
        </tr>
      ))}
    </Table>
  );
}

export function Subject({ change, name }: { readonly change: Change; readonly name: string }) {
  const user = userOf(change);
  if (change.deleted && change.kind === 'user') return <span className={text.medium}>{name}</span>;
  if (user)
    return (
      <Link to="/users/$id" params={{ id: user }} className={table.name}>
        {name}
      </Link>
    );
  const [switchId = '', number = ''] = change.entityId.split('/');
  if (isOfDevice(change.kind) && !(change.kind === 'device' && change.deleted))
    return (
      <Link to="/devices/$mac" params={{ mac: switchId }} className={table.name}>
        {name}
      </Link>
    );
  if (change.kind === 'device-profile' && !change.deleted)
    return (
      <Link to="/devices/profiles/$id" params={{ id: change.entityId }} className={table.name}>
        {name}
      </Link>
    );
  if (isOfMailbox(change.kind) && !(change.kind === 'mailbox' && change.deleted))
    return (
      <Link to="/voicemail/$number" params={{ number: switchId }} className={table.name}>
        {name}
      </Link>
    );
  if (change.kind === 'dn' && !change.deleted)
    return (
      <Link to="/numbers/$switchId/$number" params={{ switchId, number }} className={table.name}>
        {name}
      </Link>
    );
  return <span className={text.medium}>{name}</span>;
}

export function Diff({ change, nameOf, most = 6 }: { readonly change: Change; readonly nameOf: (userId: string) => string | undefined; readonly most?: number }) {
  const lines = diffChange(change, nameOf);
  if (lines.length === 0) return <span className={text.faint}>{silenceOf(change)}</span>;
  return (
    <>
      {lines.slice(0, most).map((line) => (
        <div key={line.label}>
          {line.label} {line.was ? <span className={text.was}>{line.was}</span> : null} <span className={text.will}>{line.will}</span>
        </div>
      ))}
      {lines.length > most ? <span className={text.hint}>and {lines.length - most} more</span> : null}
    </>
  );
}

/** Settings and numbers name their user by id only. */
export function useUserNames(items: readonly Change[]): (userId: string) => string | undefined {
  const ids = [...new Set(items.flatMap((change) => (change.kind === 'call-settings' ? [userOf(change)] : [change.before?.userId, change.after?.userId])))].filter((id) => typeof id === 'string' && id !== '') as string[];
  const names = useQueries({
    queries: ids.map((id) => ({ ...userQuery(id), staleTime: 60_000, retry: false })),
    combine: (results) => new Map(results.map((result, at) => [ids[at], result.data?.displayName])),
  });
  return (userId) => names.get(userId);
}
