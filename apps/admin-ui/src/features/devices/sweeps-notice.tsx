import { useQuery } from '@tanstack/react-query';
import { layout, Note } from '../../ui/layout.tsx';
import { sweepWords } from './device-words.ts';
import { sweepsQuery } from './devices.api.ts';

const DAY_MS = 86_400_000;
const SHOWN = 3;

/** Somebody goes through MACs: what it means, that nothing was given away, and what to do. */
export function SweepsNotice() {
  const { data = [] } = useQuery(sweepsQuery);
  const recent = data.filter(({ lastAt }) => Date.now() - Date.parse(lastAt) < DAY_MS);
  if (recent.length === 0) return null;
  return (
    <section className={layout.bar} aria-label="Sweeps">
      <Note kind="warn">
        <b>{recent.length === 1 ? 'An address asks for many devices without a credential.' : `${recent.length} addresses ask for many devices without a credential.`}</b> It got no secret: known and unknown devices answer alike, and it is being slowed down.
        <ul>
          {recent.slice(0, SHOWN).map((sweep) => (
            <li key={sweep.address}>{sweepWords(sweep)}</li>
          ))}
        </ul>
        {recent.length > SHOWN ? `And ${recent.length - SHOWN} more. ` : null}
        If many phones stand behind that address, a router for example, raise SFS_DEVICES_SWEEP_LIMIT. If none do, block it at the firewall. Keep enrolment windows tied to an address meanwhile.
      </Note>
    </section>
  );
}
