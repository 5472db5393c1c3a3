import type { Device } from '@sfs/rest-contract';
import { Note } from '../../ui/layout.tsx';
import type { Diagnosis } from './device-state.ts';

/** Why it is not up, what to do, and the last thing its requests hint at. */
export function DiagnosisNote({ device, diagnosis: { kind, what, next }, hint }: { readonly device: Device; readonly diagnosis: Diagnosis; readonly hint: string }) {
  const shown = device.state === 'waiting' ? '' : hint;
  return (
    <Note kind={shown && kind === 'ok' ? 'warn' : kind}>
      <b>{what}</b> {next}
      {shown ? (
        <>
          <br />
          Its last request: {shown.replace(/\.$/, '')}.
        </>
      ) : null}
    </Note>
  );
}
