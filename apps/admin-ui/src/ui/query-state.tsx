import type { UseQueryResult } from '@tanstack/react-query';
import { FileQuestion } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { ApiError } from '../api/request.ts';
import { isMissing, wordsOf } from '../api/problem-words.ts';
import { Button } from './controls.tsx';
import { Empty } from './empty.tsx';
import { clock } from './formats.ts';
import { layout, Note, useTitle } from './layout.tsx';
import text from './text.module.css';

type Query<T> = Pick<UseQueryResult<T>, 'data' | 'error' | 'dataUpdatedAt' | 'isFetching'> & { readonly refetch: () => Promise<unknown> };

interface QueryStateProps<T> {
  readonly query: Query<T>;
  readonly children: (data: T) => ReactNode;
  readonly rows?: number;
  /** it is the whole page: a thing that is not there gets a heading, and this way back */
  readonly back?: ReactNode;
}

/** Old data stays with its age; a skeleton only after 300 ms and only the first time. */
export function QueryState<T>({ query, children, rows = 4, back }: QueryStateProps<T>) {
  const { data, error } = query;
  if (back && isMissing(error)) return <Missing error={error} back={back} />;
  if (data === undefined && error === null) return <Skeleton rows={rows} />;
  return (
    <>
      {error ? <Fault query={query} /> : null}
      {data === undefined ? null : children(data)}
    </>
  );
}

function Fault<T>({ query }: { readonly query: Query<T> }) {
  const { what, next, requestId } = wordsOf(query.error);
  const isDenied = query.error instanceof ApiError && query.error.status === 403;
  const kept = query.data !== undefined;
  return (
    <div className={layout.pad}>
      <Note
        kind={isDenied ? 'info' : kept ? 'warn' : 'bad'}
        alert={!kept}
        action={
          isDenied ? null : (
            <Button small disabled={query.isFetching} onClick={() => void query.refetch()}>
              Try now
            </Button>
          )
        }
      >
        <b>{isDenied ? 'This page is for administrators.' : what}</b> {kept ? `Shown as of ${clock(new Date(query.dataUpdatedAt).toISOString())}.` : ''}
        <br />
        {isDenied ? 'Ask: administrator.' : next} {requestId ? <span className={text.hint}>request {requestId}</span> : null}
      </Note>
    </div>
  );
}

function Missing({ error, back }: { readonly error: unknown; readonly back: ReactNode }) {
  const { what, next } = wordsOf(error);
  useTitle(what.replace(/\.$/, ''));
  return (
    <Empty main icon={FileQuestion} title={what.replace(/\.$/, '')} actions={back}>
      {next}
    </Empty>
  );
}

export function Skeleton({ rows }: { readonly rows: number }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <div className={`${layout.pad} ${layout.stack}`} aria-busy="true">
      <span className={text.sr}>Loading</span>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} className={layout.skeleton} style={{ width: `${40 + ((row * 29) % 40)}%` }} />
      ))}
    </div>
  );
}
