import { type WriteUser, writeUser } from '@sfs/rest-contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { schemaErrors, serverError } from '../../api/form-errors.ts';
import { wordsOf } from '../../api/problem-words.ts';
import { newKey } from '../../api/request.ts';
import { LeaveGuard } from '../../edit/leave-guard.tsx';
import { useScope } from '../../shell/scope.ts';
import { announce } from '../../ui/announce.ts';
import { Button, buttonClass } from '../../ui/controls.tsx';
import { layout, Note, PageHead } from '../../ui/layout.tsx';
import { UserFields } from './user.form.tsx';
import { createUser, userQuery } from './users.api.ts';

export function NewUserPage() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { current, sites } = useScope();
  const [value, setValue] = useState<WriteUser>({ displayName: '', email: '', siteId: '', callingProfileId: '' });
  const [tried, setTried] = useState(false);
  const [key] = useState(newKey);
  const filled = { ...value, siteId: value.siteId || current?.siteId || (sites[0]?.id ?? '') };
  const local = schemaErrors(writeUser, filled);
  const create = useMutation({
    mutationFn: () => createUser(filled, key),
    onSuccess: async (user) => {
      client.setQueryData(userQuery(user.id).queryKey, user);
      void client.invalidateQueries({ queryKey: ['users'] });
      announce(`${user.displayName} is created`);
      await navigate({ to: '/users/$id', params: { id: user.id }, search: { section: 'numbers' }, ignoreBlocker: true });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(local).length === 0) create.mutate();
  };
  const errors = { ...(tried ? local : {}), ...serverError(create.error, 'displayName', 'email', 'siteId', 'callingProfileId') };
  const isTold = Object.keys(errors).length > 0;
  return (
    <>
      <PageHead
        title="New user"
        sub="A number comes next, then call settings."
        crumb={
          <>
            <Link to="/users">Users</Link>
            <ChevronRight aria-hidden />
            <span>New</span>
          </>
        }
      />
      <form className={`${layout.padTight} ${layout.stack}`} onSubmit={submit} noValidate>
        <div className={layout.form}>
          <UserFields value={filled} onChange={setValue} errors={errors} autoFocus />
          {create.error && !isTold ? (
            <Note kind="bad" alert>
              <b>{wordsOf(create.error).what}</b> {wordsOf(create.error).next}
            </Note>
          ) : null}
          <div className={layout.row}>
            <Button type="submit" look="primary" disabled={create.isPending}>
              Create user
            </Button>
            <Link to="/users" className={buttonClass({ look: 'ghost' })}>
              Cancel
            </Link>
          </div>
        </div>
      </form>
      <LeaveGuard dirty={!create.isSuccess && value.displayName !== ''} />
    </>
  );
}
