import type { WriteSwitchSettings } from '@sfs/rest-contract';
import { Plus, X } from 'lucide-react';
import { Button, TextField } from '../../ui/controls.tsx';
import { layout, Panel } from '../../ui/layout.tsx';
import text from '../../ui/text.module.css';
import styles from './dial-plan.module.css';

type Voicemail = WriteSwitchSettings['voicemail'];

interface VoicemailFieldsProps {
  readonly value: Voicemail;
  readonly base: Voicemail;
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (value: Voicemail) => void;
}

/** Which voicemail services the switch hands calls to, and what owners dial to hear their messages. */
export function VoicemailFields({ value, base, errors, onChange }: VoicemailFieldsProps) {
  const { targets, accessNumber } = value;
  const replace = (at: number, uri: string) => onChange({ ...value, targets: targets.map((target, index) => (index === at ? uri : target)) });
  return (
    <Panel
      title="Voicemail"
      aside={
        <Button small onClick={() => onChange({ ...value, targets: [...targets, 'sip:'] })}>
          <Plus aria-hidden /> Add a service
        </Button>
      }
    >
      <div className={`${layout.body} ${layout.stack}`}>
        {targets.length === 0 ? <p className={text.muted}>None. Calls nobody answers end without a message.</p> : null}
        {targets.map((uri, at) => (
          <div key={at} className={layout.row} style={{ alignItems: 'flex-start' }} role="group" aria-label={`Voicemail service ${at + 1}`}>
            <TextField label={at === 0 ? 'SIP address' : 'If it cannot be reached'} spellCheck={false} value={uri} dirty={uri !== base.targets[at]} error={errors[`voicemail.targets.${at}`]} onChange={(event) => replace(at, event.target.value)} />
            <Button look="ghost" icon style={{ marginTop: 23 }} aria-label={`Remove voicemail service ${at + 1}`} onClick={() => onChange({ ...value, targets: targets.filter((_, index) => index !== at) })}>
              <X aria-hidden />
            </Button>
          </div>
        ))}
        <div className={styles.narrow}>
          <TextField label="Access number" inputMode="tel" value={accessNumber} dirty={accessNumber !== base.accessNumber} error={errors['voicemail.accessNumber']} hint="Dialled to hear messages." onChange={(event) => onChange({ ...value, accessNumber: event.target.value.trim() })} />
        </div>
      </div>
    </Panel>
  );
}
