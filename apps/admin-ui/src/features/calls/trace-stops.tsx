import type { Trace } from '@sfs/rest-contract';
import { Ban, Check, CornerDownRight, type LucideIcon, Phone, ShieldCheck, Voicemail } from 'lucide-react';
import type { Stop } from '../../ui/path.tsx';
import { Chip } from '../../ui/state.tsx';

type Station = Trace['stations'][number];

const ICONS: Readonly<Record<string, LucideIcon>> = { emergency: ShieldCheck, match: Check, ring: Phone, 'forward-all': CornerDownRight, 'forward-on-busy': CornerDownRight, 'forward-on-no-answer': CornerDownRight, voicemail: Voicemail, 'voicemail-access': Voicemail, loop: Ban, end: Ban, reject: Ban, block: Ban };
const OUTCOMES = new Set(['ring', 'trunk', 'emergency', 'voicemail', 'voicemail-access']);
const REFUSALS = new Set(['end', 'loop', 'block', 'reject']);

/** The engine's stations as stops of the path, begun by who calls whom. */
export function stopsOf(trace: Trace, dialled: string, profileName: (id: string) => string = (id) => id): readonly Stop[] {
  const start: Stop = {
    key: 'start',
    kind: 'start',
    title: (
      <span>
        <b>{trace.caller.number || 'Somebody'}</b> dials <b>{dialled}</b>
      </span>
    ),
    why: callerWords(trace.caller, profileName),
  };
  // the caller's profile stands beside the caller already; a forwarding user's is a stop of its own
  const first = trace.stations.findIndex(({ rule }) => rule === 'profile');
  return [start, ...trace.stations.filter((_, at) => at !== first).map((station, at) => stopOf(station, at, dialled))];
}

function stopOf(station: Station, at: number, dialled: string): Stop {
  const { rule, verdict, number, origin } = station;
  const text = station.text.replace(/\.$/, '');
  const key = `${at}-${rule}`;
  if (verdict === 'passed') return { key, kind: 'passed', title: text };
  const kind = verdict === 'later' ? 'later' : REFUSALS.has(rule) ? 'refused' : OUTCOMES.has(rule) ? 'end' : 'key';
  const icon = ICONS[rule] ?? (kind === 'later' ? CornerDownRight : undefined);
  const title = (
    <>
      <b>{text}</b>
      {origin ? <Chip kind={origin === 'user' ? 'accent' : 'plain'}>{origin === 'user' ? 'set by the user' : `from ${origin}`}</Chip> : null}
    </>
  );
  return { key, kind, title, ...(icon ? { icon } : {}), ...(kind === 'key' && number && number !== dialled && !text.includes(number) ? { why: `about ${number}` } : {}) };
}

function callerWords({ profileId, profileFrom }: Trace['caller'], profileName: (id: string) => string): string {
  if (!profileId || profileFrom === 'none') return 'no calling profile: emergency numbers only';
  return `profile ${profileName(profileId)}, ${({ user: 'set at the user', switch: 'default of the switch', inbound: 'for calls from outside' } as const)[profileFrom]}`;
}
