import { createSite as siteSchema, createSwitch as switchSchema, createTenant as tenantSchema } from '@sfs/rest-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Building2, MapPin, ServerCog } from 'lucide-react';
import { useState } from 'react';
import { schemaErrors, serverError } from '../../api/form-errors.ts';
import { announce } from '../../ui/announce.ts';
import { SelectField, TextField } from '../../ui/controls.tsx';
import { Empty } from '../../ui/empty.tsx';
import { layout, Panel } from '../../ui/layout.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Table, table } from '../../ui/table.tsx';
import text from '../../ui/text.module.css';
import { When } from '../../ui/when.tsx';
import { CreateForm } from './create.form.tsx';
import { createSite, createSwitch, createTenant, sitesQuery, switchesQuery, tenantsQuery } from './topology.api.ts';

const NAMED = { id: '', displayName: '' };
const HEAD = [{ key: 'name', label: 'Name' }, { key: 'id', label: 'Id' }, { key: 'changed', label: 'Changed', right: true }] as const;

function NamedFields({ value, errors, onChange }: { readonly value: typeof NAMED; readonly errors: Readonly<Record<string, string>>; readonly onChange: (value: typeof NAMED) => void }) {
  return (
    <>
      <TextField label="Name" value={value.displayName} error={errors.displayName} onChange={(event) => onChange({ ...value, displayName: event.target.value })} />
      <TextField label="Id" value={value.id} error={errors.id} spellCheck={false} autoCapitalize="none" hint="Stays for ever: a-z, 0-9 and -." onChange={(event) => onChange({ ...value, id: event.target.value })} />
    </>
  );
}

export function TenantsTab() {
  const client = useQueryClient();
  const tenants = useQuery(tenantsQuery);
  const [value, setValue] = useState(NAMED);
  const create = useMutation({
    mutationFn: () => createTenant(value),
    onSuccess: (made) => {
      setValue(NAMED);
      announce(`Tenant ${made.displayName} is created`);
      return client.invalidateQueries({ queryKey: tenantsQuery.queryKey });
    },
  });
  return (
    <div className={layout.stack}>
      <Panel title="Tenants">
        <QueryState query={tenants}>
          {(items) => (
            <Table label="Tenants" head={HEAD}>
              {items.map((tenant) => (
                <tr key={tenant.id}>
                  <th scope="row" data-c="a">
                    {tenant.displayName}
                  </th>
                  <td data-c="c">{tenant.id}</td>
                  <td data-c="b" className={`${table.right} ${text.faint}`}>
                    <When iso={tenant.meta.changedAt} />
                  </td>
                </tr>
              ))}
            </Table>
          )}
        </QueryState>
      </Panel>
      <CreateForm title="New tenant" submit="Create tenant" mutation={create} local={schemaErrors(tenantSchema, value)} server={serverError(create.error, 'id', 'displayName')}>
        {(errors) => <NamedFields value={value} errors={errors} onChange={setValue} />}
      </CreateForm>
    </div>
  );
}

export function SitesTab() {
  const client = useQueryClient();
  const sites = useQuery(sitesQuery);
  const [value, setValue] = useState(NAMED);
  const create = useMutation({
    mutationFn: () => createSite(value),
    onSuccess: (made) => {
      setValue(NAMED);
      announce(`Site ${made.displayName} is created`);
      return client.invalidateQueries({ queryKey: sitesQuery.queryKey });
    },
  });
  return (
    <div className={layout.stack}>
      <Panel title="Sites">
        <QueryState query={sites}>
          {(items) =>
            items.length === 0 ? (
              <Empty icon={MapPin} title="No sites yet">
                A site is a data centre with its own copy of every service. Switches and users belong to one.
              </Empty>
            ) : (
              <Table label="Sites" head={[...HEAD.slice(0, 2), { key: 'settings', label: 'Defaults' }, HEAD[2]]}>
                {items.map((site) => (
                  <tr key={site.id}>
                    <th scope="row" data-c="a">
                      {site.displayName}
                    </th>
                    <td data-c="c">{site.id}</td>
                    <td data-c="d">
                      <Link to="/system" search={{ tab: 'settings', site: site.id }}>
                        Call settings <span className={text.sr}>of {site.displayName}</span>
                      </Link>
                      {', '}
                      <Link to="/system" search={{ tab: 'device-settings', site: site.id }}>
                        device settings <span className={text.sr}>of {site.displayName}</span>
                      </Link>
                    </td>
                    <td data-c="b" className={`${table.right} ${text.faint}`}>
                      <When iso={site.meta.changedAt} />
                    </td>
                  </tr>
                ))}
              </Table>
            )
          }
        </QueryState>
      </Panel>
      <CreateForm title="New site" submit="Create site" mutation={create} local={schemaErrors(siteSchema, value)} server={serverError(create.error, 'id', 'displayName')}>
        {(errors) => <NamedFields value={value} errors={errors} onChange={setValue} />}
      </CreateForm>
    </div>
  );
}

export function SwitchesTab() {
  const client = useQueryClient();
  const switches = useQuery(switchesQuery);
  const sites = useQuery(sitesQuery);
  const [value, setValue] = useState({ ...NAMED, siteId: '', sipDomain: '' });
  const filled = { ...value, siteId: value.siteId || (sites.data?.[0]?.id ?? '') };
  const create = useMutation({
    mutationFn: () => createSwitch(filled),
    onSuccess: (made) => {
      setValue({ ...NAMED, siteId: '', sipDomain: '' });
      announce(`Switch ${made.displayName} is created`);
      return client.invalidateQueries({ queryKey: switchesQuery.queryKey });
    },
  });
  return (
    <div className={layout.stack}>
      <Panel title="Switches">
        <QueryState query={switches}>
          {(items) =>
            items.length === 0 ? (
              <Empty icon={sites.data?.length ? ServerCog : Building2} title="No switch yet">
                A switch is one SIP server with its numbers and its dial plan.
              </Empty>
            ) : (
              <Table label="Switches" head={[...HEAD.slice(0, 2), { key: 'site', label: 'Site' }, { key: 'domain', label: 'SIP domain' }, HEAD[2]]}>
                {items.map((each) => (
                  <tr key={each.id}>
                    <th scope="row" data-c="a">
                      {each.displayName}
                    </th>
                    <td data-c="c">{each.id}</td>
                    <td className={table.second}>{each.siteId}</td>
                    <td data-c="d" className={text.mono}>
                      {each.sipDomain}
                    </td>
                    <td data-c="b" className={`${table.right} ${text.faint}`}>
                      <When iso={each.meta.changedAt} />
                    </td>
                  </tr>
                ))}
              </Table>
            )
          }
        </QueryState>
      </Panel>
      <CreateForm title="New switch" submit="Create switch" mutation={create} local={schemaErrors(switchSchema, filled)} server={serverError(create.error, 'id', 'displayName', 'siteId', 'sipDomain')}>
        {(errors) => (
          <>
            <NamedFields value={value} errors={errors} onChange={(next) => setValue({ ...value, ...next })} />
            <SelectField label="Site" value={filled.siteId} error={errors.siteId} onChange={(event) => setValue({ ...value, siteId: event.target.value })}>
              {sites.data?.map((site) => (
                <option key={site.id} value={site.id}>
                  {site.displayName}
                </option>
              ))}
            </SelectField>
            <TextField label="SIP domain" value={value.sipDomain} error={errors.sipDomain} spellCheck={false} autoCapitalize="none" hint="What phones register at; also the digest realm." onChange={(event) => setValue({ ...value, sipDomain: event.target.value })} />
          </>
        )}
      </CreateForm>
    </div>
  );
}
