import type { Mailbox } from '@sfs/rest-contract';
import { count } from '../../ui/formats.ts';
import { Ladder } from '../../ui/ladder.tsx';
import { State } from '../../ui/state.tsx';
import text from '../../ui/text.module.css';
import { When } from '../../ui/when.tsx';
import { rungsOf } from './mailbox-rungs.ts';
import styles from './mailbox.module.css';
import { lampWords, roomOf, SETTING_KEYS, SETTING_LABELS, settingWords } from './voicemail-words.ts';

/** What is true now: the lamp with its proof, the room that is left, and the settings with their origin. */
export function MailboxAside({ mailbox, settingsToo }: { readonly mailbox: Mailbox; readonly settingsToo: boolean }) {
  const lamp = lampWords(mailbox.lamp);
  const { used, most, share } = roomOf(mailbox);
  return (
    <aside className={styles.aside} aria-label="State and settings">
      <section aria-labelledby="lamp">
        <h2 id="lamp">Lamp</h2>
        <p>
          <State kind={lamp.kind}>{lamp.words}</State>
        </p>
        <p className={text.hint}>
          {mailbox.lamp.toldAt ? (
            <>
              Last told <When iso={mailbox.lamp.toldAt} seconds />, {lamp.proof}
            </>
          ) : (
            lamp.proof
          )}
        </p>
      </section>
      <section aria-labelledby="room">
        <h2 id="room">Room</h2>
        <p className={`${styles.room} ${text.num}`}>
          {used} of {count(most, 'message')} <span className={styles.meter} aria-hidden><i style={{ width: `${share * 100}%` }} className={share >= 1 ? styles.full : undefined} /></span>
        </p>
        <p className={text.hint}>{share >= 1 ? 'Full: callers are told so before the tone.' : 'Deleted ones take no room.'}</p>
      </section>
      {settingsToo ? (
        <section aria-labelledby="settings">
          <h2 id="settings">Settings</h2>
          <dl className={styles.values}>
            {SETTING_KEYS.map((key) => (
              <div key={key}>
                <dt>{SETTING_LABELS[key]}</dt>
                <dd>{settingWords(key, mailbox.effective[key].value)}</dd>
                <dd>
                  <Ladder subject={SETTING_LABELS[key]} rungs={rungsOf(mailbox, mailbox.settings, key)} own={mailbox.settings[key] !== undefined} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ) : null}
    </aside>
  );
}
