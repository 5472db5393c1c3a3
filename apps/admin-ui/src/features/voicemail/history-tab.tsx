import type { Mailbox } from '@sfs/rest-contract';
import { useQuery } from '@tanstack/react-query';
import { QueryState } from '../../ui/query-state.tsx';
import { ChangeList } from '../changes/change-list.tsx';
import { changesOfMailboxQuery } from './voicemail.api.ts';

export function HistoryTab({ mailbox }: { readonly mailbox: Mailbox }) {
  const changes = useQuery(changesOfMailboxQuery(mailbox.number));
  return <QueryState query={changes}>{(items) => <ChangeList items={items} empty={`Nothing was changed at mailbox ${mailbox.number} yet.`} />}</QueryState>;
}
