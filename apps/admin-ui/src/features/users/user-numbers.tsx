import type { User } from '@sfs/rest-contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Hash, Plus } from 'lucide-react';
import { useState } from 'react';
import { wordsOf } from '../../api/problem-words.ts';
import { request } from '../../api/request.ts';
import { announce } from '../../ui/announce.ts';
import { Button, buttonClass } from '../../ui/controls.tsx';
import { Empty } from '../../ui/empty.tsx';
import { layout, Note, Panel } from '../../ui/layout.tsx';
import { Table, table } from '../../ui/table.tsx';
import text from '../../ui/text.module.css';
import { SipPassword } from '../numbers/sip-password.tsx';
import { setOwner } from '../numbers/numbers.api.ts';
import { userQuery } from './users.api.ts';

const HEAD = [{ key: 'number', label: 'Number' }, { key: 'switch', label: 'Switch' }, { key: 'acts', label: 'Actions', right: true }] as const;

export function UserNumbers({ user }: { readonly user: User }) {
  const client = useQueryClient();
  const [phone, setPhone] = useState<User['numbers'][number]>();
  const release = useMutation({
    mutationFn: async ({ switchId, number }: User['numbers'][number]) => setOwner(await request('getNumber', { path: { switchId, number } }), ''),
    onSuccess: (number) => {
      announce(`${number.number} is released`);
      void client.invalidateQueries({ queryKey: userQuery(user.id).queryKey });
      void client.invalidateQueries({ queryKey: ['numbers'] });
    },
  });
  const add = (
    <Link to="/numbers/new" search={{ user: user.id }} className={buttonClass({ small: true })}>
      <Plus aria-hidden /> Add a number
    </Link>
  );
  return (
    <div className={layout.stack}>
      <Panel title="Numbers" aside={add}>
        {user.numbers.length === 0 ? (
          <Empty icon={Hash} title="No number yet">
            Without a number nobody can call {user.displayName}. Add a new one, or give an existing one on its own page.
          </Empty>
        ) : (
          <Table label="Numbers of this user" head={HEAD}>
            {user.numbers.map((each) => (
              <tr key={`${each.switchId}/${each.number}`}>
                <td data-c="a">
                  <Link to="/numbers/$switchId/$number" params={each} className={`${table.name} ${text.dn}`}>
                    {each.number}
                  </Link>
                </td>
                <td data-c="c">{each.switchId}</td>
                <td data-c="b" className={table.right}>
                  <Button small onClick={() => setPhone(each)} aria-label={`SIP password of ${each.number}`}>
                    SIP password
                  </Button>{' '}
                  <Button small look="ghost" disabled={release.isPending} onClick={() => release.mutate(each)} aria-label={`Release ${each.number}`}>
                    Release
                  </Button>
                </td>
              </tr>
            ))}
          </Table>
        )}
      </Panel>
      {release.error ? (
        <Note kind="bad" alert>
          <b>{wordsOf(release.error).what}</b> {wordsOf(release.error).next}
        </Note>
      ) : null}
      {phone ? <SipPassword key={`${phone.switchId}/${phone.number}`} switchId={phone.switchId} number={phone.number} /> : null}
    </div>
  );
}
