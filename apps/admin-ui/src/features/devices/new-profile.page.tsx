import { name as idSchema, writeDeviceProfile } from '@sfs/rest-contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { schemaErrors, serverError } from '../../api/form-errors.ts';
import { isStale, wordsOf } from '../../api/problem-words.ts';
import { newKey } from '../../api/request.ts';
import { announce } from '../../ui/announce.ts';
import { Button, buttonClass, TextField } from '../../ui/controls.tsx';
import { layout, Note, PageHead } from '../../ui/layout.tsx';
import { profileQuery, putProfile } from './profiles.api.ts';

export function NewDeviceProfilePage() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [typedId, setTypedId] = useState<string>();
  const [tried, setTried] = useState(false);
  const [key] = useState(newKey);
  const id = typedId ?? idFrom(name);
  const local = { ...schemaErrors(writeDeviceProfile, { name }), ...(idSchema.safeParse(id).success ? {} : { id: '1 to 63 of a-z, 0-9 and -, beginning with a letter.' }) };
  const create = useMutation({
    mutationFn: () => putProfile(id, { name, settings: {} }, '', key),
    onSuccess: async (made) => {
      client.setQueryData(profileQuery(made.id).queryKey, made);
      void client.invalidateQueries({ queryKey: ['device-profiles'], exact: true });
      announce(`Device profile ${made.name} is created`);
      await navigate({ to: '/devices/profiles/$id', params: { id: made.id } });
    },
  });
  const isTaken = isStale(create.error);
  const errors: Readonly<Record<string, string>> = { ...(tried ? local : {}), ...serverError(create.error, 'id', 'name'), ...(isTaken ? { id: 'There is a profile with this id. Choose another.' } : {}) };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(local).length === 0) create.mutate();
  };
  return (
    <>
      <PageHead
        title="New device profile"
        sub="A name first; what it says comes next. Nothing changes until a device uses it."
        crumb={
          <>
            <Link to="/devices">Devices</Link>
            <ChevronRight aria-hidden />
            <Link to="/devices/profiles">Profiles</Link>
            <ChevronRight aria-hidden />
            <span>New</span>
          </>
        }
      />
      <form className={layout.padTight} onSubmit={submit} noValidate>
        <div className={layout.form}>
          <TextField label="Name" autoFocus value={name} error={errors.name} hint="What its phones have in common, for example Reception." onChange={(event) => setName(event.target.value)} />
          <TextField label="Id" value={id} error={errors.id} spellCheck={false} autoCapitalize="none" hint="Stays for ever: a-z, 0-9 and -." onChange={(event) => setTypedId(event.target.value)} />
          {create.error && Object.keys(errors).length === 0 ? (
            <Note kind="bad" alert>
              <b>{wordsOf(create.error).what}</b> {wordsOf(create.error).next}
            </Note>
          ) : null}
          <div className={layout.row}>
            <Button type="submit" look="primary" disabled={create.isPending}>
              Create profile
            </Button>
            <Link to="/devices/profiles" className={buttonClass({ look: 'ghost' })}>
              Cancel
            </Link>
          </div>
        </div>
      </form>
    </>
  );
}

function idFrom(name: string): string {
  return name.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '').slice(0, 63);
}
