import type { Decision } from '@sfs/rest-contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { PhoneCall, Route, SearchX } from 'lucide-react';
import { useScope } from '../../shell/scope.ts';
import { Button, buttonClass, SearchField } from '../../ui/controls.tsx';
import { Empty } from '../../ui/empty.tsx';
import { count, took, zoneName } from '../../ui/formats.ts';
import { layout, PageHead } from '../../ui/layout.tsx';
import { Pager } from '../../ui/pager.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { State } from '../../ui/state.tsx';
import { Table, table } from '../../ui/table.tsx';
import text from '../../ui/text.module.css';
import { useRowKeys } from '../../ui/use-row-keys.ts';
import { useTypedSearch } from '../../ui/use-typed-search.ts';
import { When } from '../../ui/when.tsx';
import { NoSwitch } from '../numbers/numbers.page.tsx';
import { outcomeState, outcomeWords } from './call-words.ts';
import { decisionsQuery } from './calls.api.ts';

const HEAD = [
  { key: 'time', label: 'Time' },
  { key: 'from', label: 'From' },
  { key: 'to', label: 'Dialled' },
  { key: 'decision', label: 'Decision' },
  { key: 'outcome', label: 'Outcome', from: 'second' },
  { key: 'replica', label: 'Replica', from: 'third' },
  { key: 'took', label: 'Took', right: true, from: 'second' },
] as const;

export function DecisionsPage() {
  const { q = '', page } = useSearch({ from: '/app/calls' });
  const { switchId, settled } = useScope();
  const navigate = useNavigate();
  const { typed, type } = useTypedSearch(q);
  const decisions = useQuery(decisionsQuery(switchId, q, page));
  useRowKeys();
  const test = (
    <Link to="/calls/test" className={buttonClass({ look: 'primary' })}>
      <Route aria-hidden /> Test a call
    </Link>
  );
  const looksLikeCallId = typed.trim().length > 5 && !/^\+?[0-9*#]+$/.test(typed.trim());
  return (
    <>
      <PageHead title="Calls" sub={`What was decided on switch ${switchId || 'none'}, newest first. Times in ${zoneName()}.`} actions={test} />
      {settled && !switchId ? (
        <NoSwitch />
      ) : (
        <>
          <form
            className={layout.bar}
            role="search"
            onSubmit={(event) => {
              event.preventDefault();
              if (looksLikeCallId) void navigate({ to: '/calls/explain', search: { call: typed.trim() } });
            }}
          >
            <SearchField label="Search calls" className={layout.barSearch} placeholder="Number or Call-ID" value={typed} onChange={(event) => type(event.target.value)} />
            {looksLikeCallId ? (
              <Button type="submit" small>
                Explain this Call-ID
              </Button>
            ) : null}
          </form>
          <QueryState query={decisions} rows={8}>
            {({ items, nextPageToken }) =>
              items.length === 0 ? (
                q ? (
                  <Empty icon={SearchX} title={`No call matches “${q}”`} actions={<Button onClick={() => type('')}>Clear search</Button>}>
                    Search for a number that called or was dialled, or paste a whole Call-ID.
                  </Empty>
                ) : (
                  <Empty icon={PhoneCall} title="No call was decided yet" actions={test}>
                    Each decision is kept with its trace. Until the first call comes, a test shows what the engine would do.
                  </Empty>
                )
              ) : (
                <>
                  <div className={table.top}>
                    <DecisionTable items={items} />
                  </div>
                  <Pager summary={count(items.length, 'decision')} page={page} next={nextPageToken} />
                </>
              )
            }
          </QueryState>
        </>
      )}
    </>
  );
}

export function DecisionTable({ items, short = false }: { readonly items: readonly Decision[]; readonly short?: boolean }) {
  const head = short ? HEAD.filter(({ key }) => key !== 'replica' && key !== 'outcome') : HEAD;
  return (
    <Table label="Decisions" head={head}>
      {items.map((decision) => (
        <tr key={`${decision.time}-${decision.callId}`}>
          <td data-c="d" className={text.faint}>
            <When iso={decision.time} seconds />
          </td>
          <td data-c="c" className={text.dn}>
            {decision.from || 'unknown'}
          </td>
          <td data-c="a">
            <Link to="/calls/explain" search={{ call: decision.callId }} className={`${table.name} ${text.dn}`} data-row-link aria-label={`${decision.to}, call from ${decision.from || 'unknown'}: explain`}>
              {decision.to}
            </Link>
          </td>
          <td data-c="b" className={table.wrap}>
            <State kind={outcomeState(decision.outcome)}>{decision.summary}</State>
          </td>
          {short ? null : (
            <>
              <td className={table.second}>{outcomeWords(decision.outcome)}</td>
              <td className={`${table.third} ${text.faint}`}>
                {decision.replica}, {decision.revision}
              </td>
            </>
          )}
          <td className={`${table.right} ${table.second} ${text.faint}`}>{took(decision.microseconds)}</td>
        </tr>
      ))}
    </Table>
  );
}
