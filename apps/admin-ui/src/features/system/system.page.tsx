import { Link, useSearch } from '@tanstack/react-router';
import { layout, PageHead } from '../../ui/layout.tsx';
import { TabBar } from '../../ui/tab-bar.tsx';
import { DefaultSettings } from './default-settings.tsx';
import { LayerSettings } from '../devices/layer-settings.tsx';
import { SitesTab, SwitchesTab, TenantsTab } from './topology-tabs.tsx';
import { TokensTab } from './tokens-tab.tsx';

const TABS = [
  { id: 'sites', label: 'Sites', content: SitesTab },
  { id: 'switches', label: 'Switches', content: SwitchesTab },
  { id: 'settings', label: 'Default call settings', content: DefaultSettings },
  { id: 'device-settings', label: 'Device settings', content: LayerSettings },
  { id: 'tenants', label: 'Tenants', content: TenantsTab },
  { id: 'tokens', label: 'API tokens', content: TokensTab },
] as const;

export function SystemPage() {
  const { tab } = useSearch({ from: '/app/system' });
  const current = TABS.find((each) => each.id === tab) ?? TABS[0];
  const Content = current.content;
  return (
    <>
      <PageHead title="System" tab={`${current.label}, System`} sub="How it is set up: tenants, sites, switches, defaults and API tokens. All sites." />
      <TabBar label="System">
        {TABS.map(({ id, label }) => (
          <Link key={id} to="/system" search={{ tab: id }} aria-current={id === current.id ? 'true' : undefined} activeProps={{}}>
            {label}
          </Link>
        ))}
      </TabBar>
      <div className={layout.padTight}>
        <Content />
      </div>
      <div id="save-bar" style={{ display: 'contents' }} />
    </>
  );
}
