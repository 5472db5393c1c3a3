import type { Decision, SimulateCallRequest } from '@sfs/contracts';
import { DomainError } from '@sfs/kernel';
import type { Question } from '../decision/question.ts';
import type { DecisionRecord } from './decision-record.ts';
import type { RefusalRecord } from './decision-recorder.ts';
import type { Place } from './decisions.store.ts';

export function decisionOf(record: DecisionRecord, whole: boolean): Decision {
  const { time, switchId, callId, from, to, summary, outcome, revision, microseconds, replica } = record;
  return { time, switchId, callId, from, to, summary, outcome, revision, microseconds, replica, planJson: whole ? record.planJson : '', traceJson: whole ? record.traceJson : '' };
}

export function refusedOf(record: RefusalRecord, replica: string): Decision {
  const { time, switchId, callId, from, to, code, message, status } = record;
  return { time, switchId, callId, from, to, summary: `${status} ${code}: ${message}`, outcome: 'refused', revision: '', microseconds: 0, replica, planJson: '', traceJson: '' };
}

export const tokenOf = (place: Place | undefined): string => (place ? Buffer.from(JSON.stringify([place.time, place.question])).toString('base64url') : '');

/** Throws `invalid` for a token that is none of ours. */
export function placeOf(token: string): Place | undefined {
  if (token === '') return undefined;
  try {
    const [time, question] = JSON.parse(Buffer.from(token, 'base64url').toString()) as [unknown, unknown];
    if (typeof time === 'string' && typeof question === 'string' && !Number.isNaN(Date.parse(time))) return { time: new Date(time).toISOString(), question };
  } catch {
    // said below
  }
  throw new DomainError('invalid', 'page/bad-token', 'The page token is not one of ours', { field: 'pageToken', remedy: 'Send the token of the page before, unchanged.' });
}

/** A call that never was has a Call-ID nobody else uses. Checked by whoever decides it. */
export function questionOf(request: SimulateCallRequest): Question {
  const { from, to, targetReady, targetBusy } = request;
  const target = targetReady === undefined && targetBusy === undefined ? undefined : { ready: targetReady, busy: targetBusy };
  return { callId: 'simulated', from, to, origin: (request.origin === '' ? 'internal' : request.origin) as Question['origin'], target };
}
