import type { Device } from '@sfs/rest-contract';
import { Link } from '@tanstack/react-router';
import { buttonClass } from '../../ui/controls.tsx';
import { Note } from '../../ui/layout.tsx';
import type { Diagnosis } from './device-state.ts';

/** Why it is not up, the last thing its requests hint at, and a way to mend it. */
export function DiagnosisNote({ device, diagnosis, hint }: { readonly device: Device; readonly diagnosis: Diagnosis; readonly hint: string }) {
  const { kind, what, next, remedy } = diagnosis;
  const shown = hint && device.state !== 'waiting' ? hint : '';
  return (
    <Note kind={shown && kind === 'ok' ? 'warn' : kind} action={<Remedy remedy={remedy} mac={device.mac} />}>
      <b>{what}</b> {next}
      {shown ? (
        <>
          <br />
          Its last requests: {shown}
        </>
      ) : null}
    </Note>
  );
}

function Remedy({ remedy, mac }: { readonly remedy: Diagnosis['remedy']; readonly mac: string }) {
  if (remedy === 'assign')
    return (
      <Link to="/devices/new" search={{ mac }} className={buttonClass({ small: true })}>
        Assign
      </Link>
    );
  if (remedy === 'number')
    return (
      <Link to="." search={(before: Record<string, unknown>) => ({ ...before, tab: 'settings' })} className={buttonClass({ small: true })}>
        Settings
      </Link>
    );
  return null;
}
