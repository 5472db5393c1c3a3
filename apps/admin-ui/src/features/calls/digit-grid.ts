import type { Trace } from '@sfs/rest-contract';
import { parsePattern } from '../dial-plan/parse-pattern.ts';

type Candidate = Trace['candidates'][number];

export interface Cell {
  readonly text: string;
  readonly kind: 'hit' | 'lost' | 'none' | 'idle';
}

/** One cell per dialled digit: where a candidate still agreed, where it lost, and nothing after that. */
export function cellsOf(candidate: Pick<Candidate, 'pattern' | 'result' | 'position'>, digits: number): readonly Cell[] {
  const tokens = parsePattern(candidate.pattern).tokens;
  return Array.from({ length: digits }, (_, at): Cell => {
    const token = tokens[at];
    const isSpread = !token && tokens.at(-1)?.kind === 'many' && candidate.result !== 'no-match';
    const text = token ? (token.text.length > 3 ? '[…]' : token.text) : '·';
    if (candidate.position === at && candidate.result !== 'won') return { text, kind: 'lost' };
    if (!token) return { text: '·', kind: isSpread && candidate.result === 'won' ? 'hit' : 'none' };
    if (candidate.result === 'inactive') return { text, kind: 'idle' };
    if (candidate.result === 'no-match' && candidate.position !== undefined && at > candidate.position) return { text, kind: 'none' };
    return { text, kind: 'hit' };
  });
}

export function resultWords(candidate: Candidate): { readonly lead: string; readonly why: string } {
  // the engine's sentence may begin with the result itself: "Lost at digit 2: takes any length"
  const [, lead, rest = ''] = /^((?:Won|Lost|No match|Inactive)[^:]*): (.*)$/.exec(candidate.why) ?? [];
  const why = (lead ? rest : candidate.why).replace(/\.$/, '');
  const first = why.charAt(0).toUpperCase() + why.slice(1);
  const would = candidate.action === 'block' && candidate.result === 'lost' ? ' Would have blocked.' : '';
  if (candidate.result === 'won') return { lead: 'Won.', why: `${first}.` };
  if (candidate.result === 'inactive') return { lead: 'Inactive.', why: `${first}.` };
  if (candidate.result === 'no-match') return { lead: `${lead ?? 'No match'}:`, why: `${why}.` };
  return { lead: `${lead ?? (candidate.position === undefined ? 'Lost' : `Lost at digit ${candidate.position + 1}`)}:`, why: `${why}.${would}` };
}

/** The digits that were matched first: the number at the match station, else what was dialled. */
export function matchedNumber(trace: Trace, dialled: string): string {
  const match = trace.stations.find((station) => station.rule === 'match');
  return match?.number || dialled;
}
