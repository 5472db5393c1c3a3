import { createDevice as schema, type Device, type DevicePack } from '@sfs/rest-contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { schemaErrors, serverError } from '../../api/form-errors.ts';
import { wordsOf } from '../../api/problem-words.ts';
import { newKey } from '../../api/request.ts';
import { siteWords, useScope } from '../../shell/scope.ts';
import { announce } from '../../ui/announce.ts';
import { Button, buttonClass, SelectField, TextField } from '../../ui/controls.tsx';
import { layout, Note, PageHead } from '../../ui/layout.tsx';
import { Skeleton } from '../../ui/query-state.tsx';
import { macIn, macWords, minutesWords, modelWords } from './device-words.ts';
import { createDevice, deviceQuery, packsQuery, refreshDevices, WINDOW_MINUTES } from './devices.api.ts';
import { ModelField, vendorModel } from './model-field.tsx';
import { NumberPicker } from './number-picker.tsx';
import { profilesQuery } from './profiles.api.ts';

/** Enters a device by its MAC; with a MAC that waits it is the assignment, and the phone has named itself. */
export function NewDevicePage() {
  const { mac: asked = '', number = '' } = useSearch({ from: '/app/devices/new' });
  const mac = macIn(asked);
  const waiting = useQuery({ ...deviceQuery(mac), enabled: mac !== '', retry: false, refetchInterval: false });
  const packs = useQuery(packsQuery);
  const known = waiting.data?.state === 'waiting' ? waiting.data : undefined;
  const title = known ? `Assign ${modelWords(known, packs.data)}` : 'Add device';
  return (
    <>
      <PageHead
        title={title}
        sub={known ? `${macWords(known.mac)}, asks from ${known.lastAddress || 'an unknown address'}${known.firmware ? `, firmware ${known.firmware}` : ''}.` : 'A phone that has never asked us. One that has appears in the list by itself, under Waiting.'}
        crumb={
          <>
            <Link to="/devices">Devices</Link>
            <ChevronRight aria-hidden />
            <span>{known ? macWords(known.mac) : 'New'}</span>
          </>
        }
      />
      <div className={layout.padTight}>{mac !== '' && waiting.isPending ? <Skeleton rows={4} /> : <Form known={known} mac={mac} number={number} packs={packs.data ?? []} />}</div>
    </>
  );
}

function useNewDevice(known: Device | undefined, askedMac: string, askedNumber: string) {
  const { switchId: current } = useScope();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [value, setValue] = useState({ mac: askedMac ? macWords(askedMac) : '', vendorModel: known ? vendorModel(known) : '', number: askedNumber, switchId: '', profileId: '', label: '' });
  const [tried, setTried] = useState(false);
  const [key] = useState(newKey);
  const [vendor = '', model = ''] = value.vendorModel.split('/');
  const switchId = value.switchId || current;
  const body = { mac: value.mac, vendor, model, number: value.number, switchId: value.number ? switchId : '', profileId: value.profileId, label: value.label };
  const local: Readonly<Record<string, string>> = { ...schemaErrors(schema, body), ...(model ? {} : { model: 'Choose the model: it decides how the file is written.' }) };
  const create = useMutation({
    mutationFn: () => createDevice(body, key),
    onSuccess: async (made) => {
      client.setQueryData(deviceQuery(made.mac).queryKey, made);
      refreshDevices(client, made.mac);
      announce(made.number ? `${macWords(made.mac)} plays ${made.number}. Its enrolment window is open.` : `${macWords(made.mac)} is entered`);
      await navigate({ to: '/devices/$mac', params: { mac: made.mac } });
    },
  });
  const errors: Readonly<Record<string, string>> = { ...(tried ? local : {}), ...serverError(create.error, 'mac', 'vendor', 'model', 'number', 'switchId', 'profileId', 'label') };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(local).length === 0) create.mutate();
  };
  return { value, change: (part: Partial<typeof value>) => setValue({ ...value, ...part }), switchId, errors, create, submit };
}

interface FormProps {
  readonly known: Device | undefined;
  readonly mac: string;
  readonly number: string;
  readonly packs: readonly DevicePack[];
}

function Form({ known, mac, number, packs }: FormProps) {
  const { switches, sites } = useScope();
  const profiles = useQuery(profilesQuery);
  const { value, change, switchId, errors, create, submit } = useNewDevice(known, mac, number);
  const hasFieldError = Object.keys(errors).length > 0;
  return (
    <form className={layout.formWide} onSubmit={submit} noValidate>
      <div className={layout.fields}>
        {known ? null : <TextField label="MAC" autoFocus={!mac} value={value.mac} error={errors.mac} spellCheck={false} autoCapitalize="none" autoComplete="off" hint="On the label of the phone, in any notation." onChange={(event) => change({ mac: event.target.value })} />}
        <ModelField packs={packs} value={value.vendorModel} error={errors.model ?? errors.vendor} hint={known?.model ? 'As the phone names itself.' : 'On the label of the phone.'} onChange={(next) => change({ vendorModel: next })} />
        {switches.length > 1 ? (
          <SelectField label="Switch" value={switchId} error={errors.switchId} onChange={(event) => change({ switchId: event.target.value, number: '' })}>
            {switches.map((each) => (
              <option key={each.id} value={each.id}>
                {siteWords(each.siteId, sites)} · {each.id}
              </option>
            ))}
          </SelectField>
        ) : null}
        <NumberPicker key={switchId} label="Number" switchId={switchId} number={value.number} error={errors.number} hint="The number it plays, by its digits or its owner's name. It can be given later." onPick={(next) => change({ number: next })} />
        <SelectField label="Device profile" value={value.profileId} error={errors.profileId} hint={profiles.data?.length === 0 ? 'There is none yet; site and tenant decide.' : undefined} onChange={(event) => change({ profileId: event.target.value })}>
          <option value="">none, site and tenant decide</option>
          {profiles.data?.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
        </SelectField>
        <TextField label="Label" value={value.label} error={errors.label} hint="For people: where it stands, for example. Empty: it is called by its model." onChange={(event) => change({ label: event.target.value })} />
      </div>
      <WindowPromise number={value.number} address={known?.lastAddress ?? ''} />
      {create.error && !hasFieldError ? (
        <Note kind="bad" alert>
          <b>{wordsOf(create.error).what}</b> {wordsOf(create.error).next}
        </Note>
      ) : null}
      <div className={layout.row}>
        <Button type="submit" look="primary" disabled={create.isPending}>
          {known ? 'Assign' : 'Add device'}
        </Button>
        <Link to="/devices" className={buttonClass({ look: 'ghost' })}>
          Cancel
        </Link>
      </div>
    </form>
  );
}

/** What is about to be opened, for how long and for whom, before it is. */
function WindowPromise({ number, address }: { readonly number: string; readonly address: string }) {
  if (!number)
    return (
      <Note>
        <b>Without a number it gets no configuration.</b> It stays on the bootstrap, without secrets.
      </Note>
    );
  return (
    <Note>
      <b>This opens the enrolment window for {minutesWords(WINDOW_MINUTES)}.</b> The next time the phone asks{address ? ` from ${address}` : ''}, it gets its configuration with the SIP password of {number} and a credential of its own. The window closes with that.
    </Note>
  );
}
