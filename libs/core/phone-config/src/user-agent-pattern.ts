import { PatternError, shapeOf, type Shape } from './pattern-shape.ts';

const LONGEST_PATTERN = 256;
/** Each choice that one character does not decide can double the work. */
const MOST_CHOICES = 3;

/** What keeps a pattern of a pack from being run against what strangers send; '' = nothing. Packs are data: a pattern must match whole User-Agents, in time that grows with their length only. */
export function patternFault(source: string): string {
  if (source.length > LONGEST_PATTERN) return `must have at most ${String(LONGEST_PATTERN)} characters`;
  if (!source.startsWith('^') || !source.endsWith('$') || source.endsWith('\\$')) return 'must be anchored: ^...$';
  try {
    const choices = { count: 0 };
    firstOf(shapeOf(source.slice(1, -1)), new Set(), choices);
    compilePattern(source);
    return choices.count > MOST_CHOICES ? `must not leave more than ${String(MOST_CHOICES)} choices open: optional groups and alternatives begin with different characters` : '';
  } catch (error) {
    return error instanceof PatternError ? error.message : 'is no regular expression';
  }
}

/** Letters in any case: firmware generations differ in it. */
export const compilePattern = (source: string): RegExp => new RegExp(source, 'i');

type Characters = ReadonlySet<string>;

/**
 * The characters a sequence can begin with, `follow` being what can come after it; read from its end. A repeat whose end one character
 * does not decide can be ended in many ways: nested or in a row that is what makes patterns slow, so none is let through.
 */
function firstOf(sequence: readonly Shape[], follow: Characters, choices: { count: number }): Characters {
  return sequence.reduceRight<Characters>((after, shape) => {
    if (shape.kind === 'group') return firstOfGroup(shape, after, choices);
    if (shape.isVariable && overlaps(shape.set, after)) throw new PatternError('must not repeat what can also come next');
    return shape.min === 0 ? union(shape.set, after) : shape.set;
  }, follow);
}

function firstOfGroup({ alternatives, isOptional }: Extract<Shape, { kind: 'group' }>, follow: Characters, choices: { count: number }): Characters {
  const firsts = alternatives.map((alternative) => firstOf(alternative, follow, choices));
  const branches = isOptional ? [...firsts, follow] : firsts;
  branches.forEach((branch, index) => {
    if (branches.slice(0, index).some((other) => overlaps(branch, other))) choices.count += 1;
  });
  return branches.reduce(union, new Set<string>());
}

const overlaps = (a: Characters, b: Characters): boolean => [...a].some((one) => b.has(one));
const union = (a: Characters, b: Characters): Characters => new Set([...a, ...b]);
