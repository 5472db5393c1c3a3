import { createToken as schema, type Token } from '@sfs/rest-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { schemaErrors, serverError } from '../../api/form-errors.ts';
import { wordsOf } from '../../api/problem-words.ts';
import { announce } from '../../ui/announce.ts';
import { Button, SelectField, TextField } from '../../ui/controls.tsx';
import { Dialog, dialogStyles } from '../../ui/dialog.tsx';
import { Empty } from '../../ui/empty.tsx';
import { layout, Note, Panel } from '../../ui/layout.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Secret } from '../../ui/secret.tsx';
import { Table, table } from '../../ui/table.tsx';
import text from '../../ui/text.module.css';
import { When } from '../../ui/when.tsx';
import { CreateForm } from './create.form.tsx';
import { createToken, deleteToken, tokensQuery } from './tokens.api.ts';

const HEAD = [
  { key: 'name', label: 'Name' },
  { key: 'role', label: 'Role' },
  { key: 'created', label: 'Created', from: 'second' },
  { key: 'expires', label: 'Expires' },
  { key: 'acts', label: <span className={text.sr}>Actions</span>, right: true },
] as const;

export function TokensTab() {
  const tokens = useQuery(tokensQuery);
  const [revoking, setRevoking] = useState<Token>();
  return (
    <div className={layout.stack}>
      <Panel title="API tokens">
        <QueryState query={tokens}>
          {(items) =>
            items.length === 0 ? (
              <Empty icon={KeyRound} title="No API tokens">
                A token lets a program use the REST API with a role and an end date. People sign in with an account instead.
              </Empty>
            ) : (
              <Table label="API tokens" head={HEAD}>
                {items.map((each) => (
                  <tr key={each.id}>
                    <th scope="row" data-c="a">
                      {each.name}
                    </th>
                    <td data-c="c">{each.role}</td>
                    <td className={`${table.second} ${text.faint}`}>
                      <When iso={each.createdAt} />
                    </td>
                    <td data-c="d">
                      <When iso={each.expiresAt} />
                    </td>
                    <td data-c="b" className={table.right}>
                      <Button small look="danger" aria-label={`Revoke ${each.name}`} onClick={() => setRevoking(each)}>
                        Revoke…
                      </Button>
                    </td>
                  </tr>
                ))}
              </Table>
            )
          }
        </QueryState>
      </Panel>
      <NewToken />
      {revoking ? <Revoke token={revoking} onClose={() => setRevoking(undefined)} /> : null}
    </div>
  );
}

function NewToken() {
  const client = useQueryClient();
  const [value, setValue] = useState({ name: '', role: 'administrator' as 'administrator' | 'user', expiresInDays: 30 });
  const create = useMutation({
    mutationFn: () => createToken(value),
    onSuccess: () => {
      setValue({ ...value, name: '' });
      return client.invalidateQueries({ queryKey: tokensQuery.queryKey });
    },
  });
  return (
    <CreateForm
      title="New API token"
      submit="Create token"
      mutation={create}
      local={schemaErrors(schema, value)}
      server={serverError(create.error, 'name', 'role', 'expiresInDays')}
      after={
        create.data ? (
          <Secret what={`Token ${create.data.name}.`} value={create.data.secret}>
            It goes into the header Authorization: Bearer.
          </Secret>
        ) : null
      }
    >
      {(errors) => (
        <>
          <TextField label="Name" value={value.name} error={errors.name} hint="What uses it, for example crm-sync." onChange={(event) => setValue({ ...value, name: event.target.value })} />
          <SelectField label="Role" value={value.role} error={errors.role} onChange={(event) => setValue({ ...value, role: event.target.value === 'user' ? 'user' : 'administrator' })}>
            <option value="administrator">Administrator</option>
            <option value="user">User</option>
          </SelectField>
          <TextField label="Days until it expires" inputMode="numeric" value={String(value.expiresInDays)} error={errors.expiresInDays} hint="1 to 365." onChange={(event) => setValue({ ...value, expiresInDays: Number(event.target.value.replace(/\D/g, '')) })} />
        </>
      )}
    </CreateForm>
  );
}

function Revoke({ token, onClose }: { readonly token: Token; readonly onClose: () => void }) {
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => deleteToken(token.id),
    onSuccess: () => {
      announce(`Token ${token.name} is revoked`);
      onClose();
      return client.invalidateQueries({ queryKey: tokensQuery.queryKey });
    },
  });
  return (
    <Dialog
      alert
      title={`Revoke ${token.name}?`}
      intro="What uses it is refused from the next request on. It cannot be brought back; a new token can be made."
      onClose={onClose}
      foot={
        <span className={dialogStyles.footEnd}>
          <Button onClick={onClose}>Keep</Button>
          <Button look="danger" disabled={revoke.isPending} onClick={() => revoke.mutate()}>
            Revoke {token.name}
          </Button>
        </span>
      }
    >
      {revoke.error ? (
        <Note kind="bad" alert>
          <b>{wordsOf(revoke.error).what}</b> {wordsOf(revoke.error).next}
        </Note>
      ) : null}
    </Dialog>
  );
}
