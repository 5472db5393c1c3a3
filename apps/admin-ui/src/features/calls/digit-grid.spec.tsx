// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { DigitGrid } from './digit-grid.tsx';
import { cellsOf, resultWords } from './digit-grid.ts';

afterEach(cleanup);

const kinds = (pattern: string, result: 'won' | 'lost' | 'no-match' | 'inactive', position?: number) => cellsOf({ pattern, result, ...(position === undefined ? {} : { position }) }, 4).map((cell) => `${cell.text}${cell.kind.charAt(0)}`).join(' ');

describe('cells of a candidate', () => {
  it('shows every place of the winner as met', () => expect(kinds('1XXX', 'won')).toBe('1h Xh Xh Xh'));
  it('marks the digit where a candidate lost, and still shows what it would have taken', () => expect(kinds('XXXX', 'lost', 0)).toBe('Xl Xh Xh Xh'));
  it('stops after the place of a shorter pattern', () => expect(kinds('1.', 'lost', 1)).toBe('1h .l ·n ·n'));
  it('shows nothing after the digit that did not match', () => expect(kinds('19XX', 'no-match', 1)).toBe('1h 9l Xn Xn'));
  it('keeps an inactive pattern grey', () => expect(kinds('100X', 'inactive')).toBe('1i 0i 0i Xi'));
  it('takes a set as one place', () => expect(kinds('1[0-4]XX', 'won')).toBe('1h […]h Xh Xh'));
  it('spreads the tail of a winner over the digits it took', () => expect(kinds('1.', 'won')).toBe('1h .h ·h ·h'));
});

describe('the reason in words', () => {
  const candidate = { partitionId: 'p', partitionName: 'P', pattern: 'XXXX', action: 'block' as const, result: 'lost' as const, position: 0, why: 'X is wider than 1.' };
  it('counts digits as a person does and says what would have happened', () => expect(resultWords(candidate)).toEqual({ lead: 'Lost at digit 1:', why: 'X is wider than 1. Would have blocked.' }));
  it('says the result once when the engine has said it already', () => expect(resultWords({ ...candidate, why: 'Lost at digit 1: X is wider than 1.' })).toEqual({ lead: 'Lost at digit 1:', why: 'X is wider than 1. Would have blocked.' }));
});

describe('the digit grid', () => {
  it('is a table: the digits on top, one row a candidate, named by its partition', () => {
    render(
      <DigitGrid
        dialled="1002"
        trace={{
          revision: 'p1-d1',
          caller: { number: '1001', userId: '', profileId: 'staff', profileFrom: 'switch' },
          stations: [],
          candidates: [
            { partitionId: 'i', partitionName: 'Internal', pattern: '1XXX', action: 'extension', result: 'won', why: '1 literal digit, fixed length' },
            { partitionId: 'o', partitionName: 'Old', pattern: 'XXXX', action: 'block', result: 'lost', position: 0, why: 'X is wider than 1' },
          ],
        }}
      />,
    );
    expect(screen.getByRole('row', { name: /^Dialled 1 0 0 2/ })).toBeTruthy();
    const won = screen.getByRole('row', { name: /^Internal pattern 1XXX/ });
    expect(within(won).getByText('Won.')).toBeTruthy();
    expect(screen.getAllByRole('rowheader').map((cell) => cell.textContent)).toEqual(['Dialled', 'Internal pattern 1XXX', 'Old pattern XXXX']);
  });
});
