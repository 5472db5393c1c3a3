import { ALPHABET, codeOf } from './digits.ts';
import type { PatternAst } from './pattern.ts';

const FANOUT = ALPHABET.length;
/** Rank of "no pattern": worse than every real one. */
export const NO_RANK = 0x7fff_ffff;

/**
 * Patterns in order of closeness (rank 0 = closest), as one digit trie in typed arrays: plain data that a worker can build and post.
 * Sets and wildcards hang as edges beside the literal children; edges of a node come narrowest first because patterns are inserted by rank.
 */
export interface Trie {
  /** node * 13 + code -> child of a literal, 0 = none */
  readonly literal: Int32Array;
  /** best rank in the subtree: what cannot beat the best so far is not entered */
  readonly best: Int32Array;
  /** rank of the pattern that ends here, or is of any length from here (`.` and `!`) */
  readonly end: Int32Array;
  readonly oneOrMore: Int32Array;
  readonly zeroOrMore: Int32Array;
  /** first edge of a node, -1 = none */
  readonly firstEdge: Int32Array;
  readonly edgeMask: Int32Array;
  readonly edgeChild: Int32Array;
  readonly edgeNext: Int32Array;
}

/** `ranked`: closest first. A pattern equal to an earlier one changes nothing. */
export function buildTrie(ranked: readonly PatternAst[]): Trie {
  const draft = new Draft();
  ranked.forEach((pattern, rank) => {
    let node = 0;
    draft.reach(node, rank);
    for (const { mask, width } of pattern.positions) {
      node = width === 1 ? draft.literalChild(node, 31 - Math.clz32(mask)) : draft.edgeChildOf(node, mask);
      draft.reach(node, rank);
    }
    draft.accept(node, pattern, rank);
  });
  return draft.freeze();
}

/** Rank of the closest pattern that takes the digits, or NO_RANK. Every node is visited at most once, so it is never worse than a scan. */
export const closestRank = (trie: Trie, digits: string): number => search({ trie, digits }, 0, 0, NO_RANK);

interface Search {
  readonly trie: Trie;
  readonly digits: string;
}

function search(run: Search, node: number, at: number, bound: number): number {
  const { trie, digits } = run;
  if (at === digits.length) return Math.min(bound, item(trie.end, node), item(trie.zeroOrMore, node));
  const code = codeOf(digits.charCodeAt(at));
  if (code < 0) return bound;
  let best = bound;
  const literal = item(trie.literal, node * FANOUT + code);
  if (literal !== 0 && item(trie.best, literal) < best) best = search(run, literal, at + 1, best);
  for (let edge = item(trie.firstEdge, node); edge >= 0; edge = item(trie.edgeNext, edge)) {
    const child = item(trie.edgeChild, edge);
    if ((item(trie.edgeMask, edge) & (1 << code)) !== 0 && item(trie.best, child) < best) best = search(run, child, at + 1, best);
  }
  return Math.min(best, item(trie.oneOrMore, node), item(trie.zeroOrMore, node));
}

/** Places come from the trie itself, so they always exist; the fallback is for the type only. */
const item = (items: Int32Array, place: number): number => items[place] ?? 0;

/** Nodes that one more digit leads to, for checks of a plan; calls use `search`. */
export function childrenOf(trie: Trie, node: number, code: number): readonly number[] {
  const children: number[] = [];
  const literal = item(trie.literal, node * FANOUT + code);
  if (literal !== 0) children.push(literal);
  for (let edge = item(trie.firstEdge, node); edge >= 0; edge = item(trie.edgeNext, edge)) {
    if ((item(trie.edgeMask, edge) & (1 << code)) !== 0) children.push(item(trie.edgeChild, edge));
  }
  return children;
}

class Draft {
  private readonly literal: number[] = [];
  private readonly best: number[] = [];
  private readonly end: number[] = [];
  private readonly oneOrMore: number[] = [];
  private readonly zeroOrMore: number[] = [];
  private readonly firstEdge: number[] = [];
  private readonly lastEdge: number[] = [];
  private readonly edgeMask: number[] = [];
  private readonly edgeChild: number[] = [];
  private readonly edgeNext: number[] = [];

  constructor() {
    this.addNode();
  }

  reach(node: number, rank: number): void {
    if (rank < (this.best[node] ?? NO_RANK)) this.best[node] = rank;
  }

  literalChild(node: number, code: number): number {
    const place = node * FANOUT + code;
    const child = this.literal[place] ?? 0;
    if (child !== 0) return child;
    const added = this.addNode();
    this.literal[place] = added;
    return added;
  }

  edgeChildOf(node: number, mask: number): number {
    for (let edge = this.firstEdge[node] ?? -1; edge >= 0; edge = this.edgeNext[edge] ?? -1) {
      if (this.edgeMask[edge] === mask) return this.edgeChild[edge] ?? 0;
    }
    const child = this.addNode();
    const edge = this.edgeMask.push(mask) - 1;
    this.edgeChild.push(child);
    this.edgeNext.push(-1);
    const last = this.lastEdge[node] ?? -1;
    if (last < 0) this.firstEdge[node] = edge;
    else this.edgeNext[last] = edge;
    this.lastEdge[node] = edge;
    return child;
  }

  accept(node: number, pattern: PatternAst, rank: number): void {
    const ranks = pattern.tail === 'none' ? this.end : pattern.tail === 'one-or-more' ? this.oneOrMore : this.zeroOrMore;
    if (rank < (ranks[node] ?? NO_RANK)) ranks[node] = rank;
  }

  freeze(): Trie {
    const from = (values: number[]): Int32Array => Int32Array.from(values);
    return {
      literal: from(this.literal),
      best: from(this.best),
      end: from(this.end),
      oneOrMore: from(this.oneOrMore),
      zeroOrMore: from(this.zeroOrMore),
      firstEdge: from(this.firstEdge),
      edgeMask: from(this.edgeMask),
      edgeChild: from(this.edgeChild),
      edgeNext: from(this.edgeNext),
    };
  }

  private addNode(): number {
    const node = this.best.push(NO_RANK) - 1;
    for (let code = 0; code < FANOUT; code += 1) this.literal.push(0);
    for (const ranks of [this.end, this.oneOrMore, this.zeroOrMore]) ranks.push(NO_RANK);
    this.firstEdge.push(-1);
    this.lastEdge.push(-1);
    return node;
  }
}
