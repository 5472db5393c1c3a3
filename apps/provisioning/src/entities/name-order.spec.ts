import { describe, expect, it } from 'vitest';
import { endOf, firstHits, sortKeyOf, wordKeys, type Position } from './name-order.ts';

const people = [
  { id: '1', name: 'Anna Andersson' },
  { id: '2', name: 'Andrea Annan' },
  { id: '3', name: 'Bo Anker' },
];

/** The word list as the store keeps it, cut into pages. */
const pagesOf = (prefix: string, size: number) => {
  const entries = people.flatMap((person) => wordKeys(person.name).map((key) => ({ key, person }))).filter(({ key }) => key.startsWith(prefix));
  entries.sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
  return Array.from({ length: Math.ceil(entries.length / size) }, (_, page) => entries.slice(page * size, (page + 1) * size).map(({ person }) => person));
};

describe('order of names', () => {
  it('knows no case and no accents', () => {
    expect(sortKeyOf('  ÉMILE  van Óss ')).toBe('emile van oss');
  });

  it('finds a name by each of its words, hyphens included', () => {
    expect(wordKeys('Jean-Luc de la Tour')).toEqual(['jean-luc de la tour', 'luc de la tour', 'de la tour', 'la tour', 'tour']);
  });

  it.each([1, 2, 3, 10])('shows everybody once, in pages of %d', (size) => {
    let after: Position | undefined;
    const shown: string[] = [];
    for (const page of pagesOf('an', size)) {
      shown.push(...firstHits(page, 'an', after).map(({ id }) => id));
      after = endOf(page, 'an', after);
    }
    expect(shown).toEqual(['1', '2', '3']);
  });
});
