import type { DialPlan } from '@sfs/rest-contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Route } from 'lucide-react';
import { useScope } from '../../shell/scope.ts';
import { buttonClass } from '../../ui/controls.tsx';
import { count } from '../../ui/formats.ts';
import { layout, PageHead } from '../../ui/layout.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { TabBar } from '../../ui/tab-bar.tsx';
import { NoSwitch } from '../numbers/numbers.page.tsx';
import { dialPlanQuery } from './dial-plan.api.ts';
import { PartitionsTab } from './partitions-tab.tsx';
import { countIssues } from './plan-words.ts';
import { ProfilesTab } from './profiles-tab.tsx';
import { SettingsTab } from './settings-tab.tsx';

export function DialPlanPage() {
  const { switchId, settled } = useScope();
  const { tab } = useSearch({ from: '/app/dial-plan' });
  const plan = useQuery(dialPlanQuery(switchId));
  return (
    <>
      <PageHead
        title="Dial plan"
        sub={plan.data ? summaryOf(plan.data, switchId) : 'What may be dialled, and where it goes.'}
        actions={
          <Link to="/calls/test" className={buttonClass()}>
            <Route aria-hidden /> Test a call
          </Link>
        }
      />
      {settled && !switchId ? (
        <NoSwitch />
      ) : (
        <QueryState query={plan} rows={8}>
          {(data) => (
            <>
              <Tabs plan={data} tab={tab} />
              {tab === 'profiles' ? <ProfilesTab key={switchId} plan={data} switchId={switchId} /> : tab === 'settings' ? <SettingsTab key={switchId} plan={data} switchId={switchId} /> : <PartitionsTab key={switchId} plan={data} switchId={switchId} />}
              <div id="save-bar" style={{ display: 'contents' }} />
            </>
          )}
        </QueryState>
      )}
    </>
  );
}

function summaryOf(plan: DialPlan, switchId: string): string {
  const { errors, warnings } = countIssues(plan.issues);
  const state = plan.settings.active ? `Decides calls on ${switchId}` : `Switched off on ${switchId}: the SIP server’s own rules decide`;
  const found = [errors ? count(errors, 'error') : '', warnings ? count(warnings, 'warning') : ''].filter(Boolean).join(', ');
  return `${state}. ${found ? `${found}.` : 'No findings.'}`;
}

function Tabs({ plan, tab }: { readonly plan: DialPlan; readonly tab: string | undefined }) {
  const tabs = [
    { id: undefined, label: 'Partitions', n: plan.partitions.length },
    { id: 'profiles', label: 'Calling profiles', n: plan.callingProfiles.length },
    { id: 'settings', label: 'Settings, emergency, trunks', n: undefined },
  ] as const;
  const current = tab === 'profiles' || tab === 'settings' ? tab : undefined;
  return (
    <TabBar label="Dial plan">
      {tabs.map(({ id, label, n }) => (
        <Link key={label} to="." search={(before: Record<string, unknown>) => ({ ...before, tab: id })} aria-current={current === id ? 'true' : undefined} activeProps={{}} activeOptions={{ exact: true }}>
          {label} {n === undefined ? null : <span className={layout.count}>{n}</span>}
        </Link>
      ))}
    </TabBar>
  );
}
