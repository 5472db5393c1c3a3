import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { Button, SearchField } from '../../ui/controls.tsx';
import { Empty } from '../../ui/empty.tsx';
import { count, zoneName } from '../../ui/formats.ts';
import { layout, PageHead } from '../../ui/layout.tsx';
import { Pager } from '../../ui/pager.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { table } from '../../ui/table.tsx';
import { useTypedSearch } from '../../ui/use-typed-search.ts';
import { ChangeList } from './change-list.tsx';
import { changesQuery } from './changes.api.ts';

export function ChangesPage() {
  const { q = '', page } = useSearch({ from: '/app/changes' });
  const { typed, type } = useTypedSearch(q);
  const changes = useQuery(changesQuery(q, page));
  return (
    <>
      <PageHead title="Changes" sub={`Who did what, newest first, all sites. Times in ${zoneName()}.`} />
      <div className={layout.bar} role="search">
        <SearchField label="Search changes" className={layout.barSearch} placeholder="Who, or what" value={typed} onChange={(event) => type(event.target.value)} />
      </div>
      <QueryState query={changes} rows={8}>
        {({ items, nextPageToken }) =>
          items.length === 0 && q && !nextPageToken ? (
            <Empty icon={SearchX} title={`No change matches “${q}”`} actions={<Button onClick={() => type('')}>Clear search</Button>}>
              Changes are found by who made them, by the kind of thing (user, dn, partition) and by its id.
            </Empty>
          ) : (
            <>
              <div className={table.top}>
                {items.length === 0 && q ? <p className={layout.pad}>None on this page. Older ones may match: go to the next page.</p> : <ChangeList items={items} empty="Every write is kept here with who did it and what it was before." />}
              </div>
              <Pager summary={count(items.length, 'change')} page={page} next={nextPageToken} keys={false} />
            </>
          )
        }
      </QueryState>
    </>
  );
}
