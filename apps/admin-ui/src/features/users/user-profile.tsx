import { type User, type WriteUser, writeUser } from '@sfs/rest-contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { schemaErrors, serverError } from '../../api/form-errors.ts';
import { wordsOf } from '../../api/problem-words.ts';
import { request } from '../../api/request.ts';
import { ConflictDialog } from '../../edit/conflict-dialog.tsx';
import { LeaveGuard } from '../../edit/leave-guard.tsx';
import { useDraft } from '../../edit/use-draft.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/controls.tsx';
import { Dialog, dialogStyles } from '../../ui/dialog.tsx';
import { layout, Note, Panel } from '../../ui/layout.tsx';
import { SaveBar } from '../../ui/save-bar.tsx';
import { SaveSlot } from '../../ui/save-slot.tsx';
import { USER_LABELS, UserFields } from './user.form.tsx';
import { deleteUser, savedUser, updateUser, userQuery } from './users.api.ts';

const KEYS = ['displayName', 'email', 'siteId', 'callingProfileId'] as const satisfies readonly (keyof WriteUser)[];
const EMPTY: Readonly<Record<keyof WriteUser, string>> = { displayName: 'none', email: 'none', siteId: 'none', callingProfileId: 'default of the switch' };
const words = (key: keyof WriteUser, value: WriteUser): string => value[key] || EMPTY[key];

export function UserProfile({ user }: { readonly user: User }) {
  const client = useQueryClient();
  const [deleting, setDeleting] = useState(false);
  const remember = (next: User) => {
    client.setQueryData(userQuery(user.id).queryKey, next);
    void client.invalidateQueries({ queryKey: ['users'] });
    return savedUser(next);
  };
  const draft = useDraft<WriteUser>({
    saved: savedUser(user),
    write: async (value, tag, key) => remember(await updateUser(user.id, value, tag, key)),
    reload: async () => remember(await request('getUser', { path: { id: user.id } })),
    thing: (version) => ({ kind: 'user', entityId: user.id, version }),
    undoable: true,
  });
  const local = schemaErrors(writeUser, draft.value);
  const lines = KEYS.filter((key) => draft.value[key] !== draft.base.value[key]).map((key) => ({ label: USER_LABELS[key], was: words(key, draft.base.value), will: words(key, draft.value) }));
  return (
    <>
      <div className={layout.stack}>
        <Panel title="Name and profile">
          <div className={layout.body}>
            <div className={layout.form}>
              <UserFields value={draft.value} saved={draft.base.value} onChange={draft.change} errors={{ ...local, ...serverError(draft.error, ...KEYS) }} />
            </div>
          </div>
        </Panel>
        <Panel title="Delete this user">
          <div className={`${layout.body} ${layout.row} ${layout.wrap}`}>
            <p className={layout.grow}>The numbers are released, the call settings removed. The id is never used again.</p>
            <Button look="danger" onClick={() => setDeleting(true)}>
              <Trash2 aria-hidden /> Delete…
            </Button>
          </div>
        </Panel>
      </div>
      {deleting ? <DeleteDialog user={user} onClose={() => setDeleting(false)} /> : null}
      <SaveSlot>
        <SaveBar lines={lines} saving={draft.saving} error={draft.error} outcome={draft.outcome} blocked={Object.values(local)[0]} onSave={draft.save} onDiscard={draft.discard} onUndo={draft.undo} />
      </SaveSlot>
      <ConflictDialog subject={`${user.displayName} was`} keys={KEYS} label={(key) => USER_LABELS[key]} words={words} draft={draft} />
      <LeaveGuard dirty={draft.dirty} />
    </>
  );
}

function DeleteDialog({ user, onClose }: { readonly user: User; readonly onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => deleteUser(user.id, user.meta.tag),
    onSuccess: async ({ releasedNumbers }) => {
      announce(`${user.displayName} is deleted. ${releasedNumbers.length ? `Released: ${releasedNumbers.map((each) => each.number).join(', ')}.` : 'No numbers were released.'}`);
      await navigate({ to: '/users' });
      client.removeQueries({ queryKey: ['user', user.id] });
      void client.invalidateQueries({ queryKey: ['users'] });
    },
  });
  const numbers = user.numbers.map((each) => `${each.number} on ${each.switchId}`).join(', ');
  return (
    <Dialog
      alert
      title={`Delete ${user.displayName}?`}
      intro={numbers ? `${numbers}: released, they belong to nobody afterwards and calls to them do not ring. Call settings are removed. The history stays.` : 'Call settings are removed. The history stays.'}
      onClose={onClose}
      foot={
        <span className={dialogStyles.footEnd}>
          <Button onClick={onClose}>Keep</Button>
          <Button look="danger" disabled={remove.isPending} onClick={() => remove.mutate()}>
            Delete {user.displayName}
          </Button>
        </span>
      }
    >
      {remove.error ? (
        <Note kind="bad" alert>
          <b>{wordsOf(remove.error).what}</b> {wordsOf(remove.error).next}
        </Note>
      ) : null}
    </Dialog>
  );
}
