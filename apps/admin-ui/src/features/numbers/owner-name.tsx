import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { table } from '../../ui/table.tsx';
import text from '../../ui/text.module.css';
import { userQuery } from '../users/users.api.ts';

/** The list names owners by id only; each name is asked once and kept. */
export function OwnerName({ userId }: { readonly userId: string }) {
  const { data, error } = useQuery({ ...userQuery(userId), enabled: userId !== '', staleTime: 60_000 });
  if (!userId) return <span className={text.faint}>nobody</span>;
  if (error) return <span className={text.faint}>unknown user</span>;
  return (
    <Link to="/users/$id" params={{ id: userId }} className={table.above}>
      {data?.displayName ?? '…'}
    </Link>
  );
}
