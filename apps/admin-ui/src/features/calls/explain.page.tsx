import type { ExplainedDecision } from '@sfs/rest-contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { ChevronRight, Route, SearchX } from 'lucide-react';
import { buttonClass } from '../../ui/controls.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { layout, PageHead } from '../../ui/layout.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { State } from '../../ui/state.tsx';
import text from '../../ui/text.module.css';
import { When } from '../../ui/when.tsx';
import { CallExplanation } from './call-explanation.tsx';
import { outcomeState, outcomeWords } from './call-words.ts';
import { explainQuery } from './calls.api.ts';

export function ExplainPage() {
  const { call: callId = '' } = useSearch({ from: '/app/calls/explain' });
  const query = useQuery(explainQuery(callId));
  const first = query.data?.[0];
  return (
    <>
      <PageHead
        title={first ? `${first.from || 'Somebody'} called ${first.to}` : 'Explain a call'}
        sub={<span className={text.mono}>{callId}</span>}
        crumb={
          <>
            <Link to="/calls">Calls</Link>
            <ChevronRight aria-hidden />
            <span>Explain</span>
          </>
        }
        actions={
          <>
            <CopyButton label="Copy link" text={() => location.href} />
            {first ? (
              <Link to="/calls/test" search={{ from: first.from || undefined, to: first.to, switch: first.switchId }} className={buttonClass()}>
                <Route aria-hidden /> Test it now
              </Link>
            ) : null}
          </>
        }
      />
      <QueryState query={query} rows={6}>
        {(items) =>
          items.length === 0 ? (
            <Empty
              icon={SearchX}
              title="No decision with this Call-ID"
              actions={
                <Link to="/calls" className={buttonClass()}>
                  Recent calls
                </Link>
              }
            >
              Decisions are kept for a limited time, and the whole Call-ID is needed, with what follows the @.
            </Empty>
          ) : (
            <div className={`${layout.padTight} ${layout.stack}`}>
              {items.map((item) => (
                <Explained key={`${item.time}-${item.replica}`} item={item} />
              ))}
            </div>
          )
        }
      </QueryState>
    </>
  );
}

function Explained({ item }: { readonly item: ExplainedDecision }) {
  return (
    <div className={layout.stack}>
      <p className={`${layout.row} ${layout.wrap} ${text.muted}`}>
        <State kind={outcomeState(item.outcome)}>{outcomeWords(item.outcome)}</State>
        <When iso={item.time} seconds />
        <span>
          {item.switchId}, replica {item.replica}, revision {item.revision}
        </span>
      </p>
      <CallExplanation switchId={item.switchId} dialled={item.to} plan={item.plan} trace={item.trace} microseconds={item.microseconds} />
    </div>
  );
}
