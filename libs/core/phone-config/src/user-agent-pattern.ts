const LONGEST_PATTERN = 256;
const MOST_REPEATS = 12;
const GROUPS = ['model', 'firmware', 'mac'];

/** What keeps a pattern of a pack from being run against what strangers send; '' = nothing. Packs are data: their patterns must match whole User-Agents in linear time. */
export function patternFault(source: string): string {
  if (source.length > LONGEST_PATTERN) return `must have at most ${String(LONGEST_PATTERN)} characters`;
  if (!source.startsWith('^') || !source.endsWith('$') || source.endsWith('\\$')) return 'must be anchored: ^...$';
  if (/\(\?(?:[=!]|<[=!])/.test(source)) return 'must not look ahead or behind';
  if (/\\[1-9]|\\k/.test(source)) return 'must not refer back to a group';
  const unknown = [...source.matchAll(/\(\?<([^=!>][^>]*)>/g)].map(([, name = '']) => name).find((name) => !GROUPS.includes(name));
  if (unknown !== undefined) return `has a group ${JSON.stringify(unknown)}; known are ${GROUPS.join(', ')}`;
  return repeatFault(source) || compileFault(source);
}

/** A repeated group can need exponential time, several repeats of "anything" polynomial time. */
function repeatFault(source: string): string {
  const plain = source.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'c');
  if (/\)(?:[*+]|\{)/.test(plain)) return 'must not repeat a group';
  if (/\|/.test(plain.replace(/\((?:[^()]|\([^()]*\))*\)/g, ''))) return 'must not have alternatives outside a group: anchors bind to one of them only';
  if ((plain.match(/\.(?:[*+]|\{\d+,\})/g) ?? []).length > 1) return 'must not repeat "." more than once';
  if ((plain.match(/[*+]|\{\d+,\}/g) ?? []).length > MOST_REPEATS) return `must not repeat without a limit more than ${String(MOST_REPEATS)} times`;
  return '';
}

function compileFault(source: string): string {
  try {
    compilePattern(source);
    return '';
  } catch {
    return 'is no regular expression';
  }
}

/** Letters in any case: firmware generations differ in it. */
export const compilePattern = (source: string): RegExp => new RegExp(source, 'i');
