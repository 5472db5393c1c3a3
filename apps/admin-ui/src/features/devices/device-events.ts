import type { DeviceEvent } from '@sfs/rest-contract';
import { notifyWords } from './device-words.ts';

/** One entry of the timeline: a mark, what happened, the details beneath, and who says so. */
export interface EventWords {
  readonly kind: 'ok' | 'warn' | 'bad' | 'plain';
  readonly what: string;
  /** in the middle of `what`, set as code */
  readonly file: string;
  readonly about: string;
  readonly source: string;
}

type Kind = EventWords['kind'];

const OUTCOMES: Readonly<Record<string, { readonly kind: Kind; readonly lead: string; readonly tail: string }>> = {
  bootstrap: { kind: 'plain', lead: 'Asked for', tail: 'and got the bootstrap, without secrets' },
  window: { kind: 'ok', lead: 'Fetched', tail: 'through the enrolment window' },
  credential: { kind: 'ok', lead: 'Fetched', tail: 'with its credential' },
  common: { kind: 'plain', lead: 'Fetched', tail: 'which every phone gets' },
  unchanged: { kind: 'ok', lead: 'Asked for', tail: 'and has it already' },
  refused: { kind: 'bad', lead: 'Asked for', tail: 'without a credential: refused' },
  'wrong-credential': { kind: 'bad', lead: 'Asked for', tail: 'with a wrong credential: refused' },
  missing: { kind: 'plain', lead: 'Asked for', tail: ': there is none' },
  limited: { kind: 'warn', lead: 'Asked for', tail: 'from an address that asks too much: refused for now' },
};

export function eventWords(event: DeviceEvent): EventWords {
  const words = event.kind === 'request' ? requestWords(event) : otherWords(event);
  const isCalm = words.kind === 'plain' || words.kind === 'ok';
  return event.hint && isCalm ? { ...words, kind: 'warn' } : words;
}

function requestWords(event: DeviceEvent): EventWords {
  const { kind, lead, tail } = OUTCOMES[event.outcome] ?? { kind: 'plain' as const, lead: 'Asked for', tail: event.outcome };
  const about = [event.status ? String(event.status) : '', event.revision ? `r${event.revision}` : '', sizeWords(event), event.address ? `from ${event.address}` : ''];
  return { kind, what: `${lead} {file}${tail.startsWith(':') ? '' : ' '}${tail}`, file: event.subject, about: joined(about), source: 'HTTP' };
}

function otherWords({ kind, subject, status, revision, actor, address }: DeviceEvent): EventWords {
  const by = actor ? `by ${actor}` : '';
  const plain = (what: string, about: readonly string[], source: string, mark: Kind = 'plain'): EventWords => ({ kind: mark, what, file: '', about: joined(about), source });
  const from = address ? `from ${address}` : '';
  switch (kind) {
    case 'notify': {
      const answer = notifyWords(status);
      return plain(`Asked to fetch now: ${answer.words}`, [revision ? `r${revision}` : '', by], 'NOTIFY', answer.kind === 'off' || answer.kind === 'wait' ? 'plain' : answer.kind);
    }
    case 'window-opened':
      return plain('Enrolment window opened', [address ? `for ${address} only` : 'for any address', by], 'change');
    case 'window-used':
      return plain('Enrolment window used, and closed with it', [from], 'HTTP', 'ok');
    case 'window-closed':
      return plain('Enrolment window closed unused', [by], 'change');
    case 'credential-rotated':
      return plain('New credential made; the old one is valid until it is used', [by], 'change');
    case 'revision':
      return plain(`Configuration r${revision} declared`, [subject, by], 'change');
    case 'registered':
      return plain('Registered', [subject, from], 'REGISTER', 'ok');
    case 'unregistered':
      return plain('No longer registered', [subject, from], 'REGISTER');
    default:
      return plain(kind, [subject, from, by], '');
  }
}

/** What its requests say is still wrong: the newest hint, unless the phone fetched after it. */
export function openHint(events: readonly DeviceEvent[]): string {
  for (const { kind, hint, outcome } of events) {
    if (hint && kind === 'request') return hint;
    if (outcome === 'credential' || outcome === 'window' || outcome === 'unchanged') return '';
  }
  return '';
}

/** As a sentence begins. */
export function hintWords(hint: string): string {
  return hint.charAt(0).toUpperCase() + hint.slice(1);
}

function sizeWords({ sizeBytes }: DeviceEvent): string {
  if (sizeBytes === 0) return '';
  return sizeBytes < 1000 ? `${sizeBytes} B` : `${(sizeBytes / 1000).toFixed(1)} kB`;
}

function joined(parts: readonly string[]): string {
  return parts.filter(Boolean).join(', ');
}
