import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type DepositState, depositStep, startDeposit } from './deposit.ts';
import { ALL_EVENTS } from './dialogue-builders.ts';
import { type Table, expected, named, seen, unknownNames, walk } from './dialogue-fixtures.ts';
import type { StateAt } from './machine.ts';

const testdata = join(import.meta.dirname, '../testdata');
const context = { mailbox: '1002' };
const take = { shorts: 0, maxMs: 180_000 };

/** Every place a deposit can be at, by the type, and what makes a difference there. */
const STATES: { readonly [At in DepositState['at']]: Readonly<Record<string, StateAt<DepositState, At>>> } = {
  start: { '': { at: 'start' } },
  opening: { '': { at: 'opening', isAgain: false, shorts: 0 }, ', again': { at: 'opening', isAgain: true, shorts: 1 } },
  greeting: { '': { at: 'greeting', isOwn: true, ...take }, ', built-in': { at: 'greeting', isOwn: false, ...take } },
  tone: { '': { at: 'tone', ...take } },
  recording: { '': { at: 'recording', ...take }, ', again': { at: 'recording', ...take, shorts: 1 } },
  'telling-short': { '': { at: 'telling-short', ...take } },
  'telling-long': { '': { at: 'telling-long', ...take } },
  reviewing: { '': { at: 'reviewing', asked: 1, ...take }, ', last time': { at: 'reviewing', asked: 3, ...take } },
  listening: { '': { at: 'listening', ...take } },
  keeping: { '': { at: 'keeping' } },
  leaving: { '': { at: 'leaving' } },
  'gone-opening': { '': { at: 'gone-opening' } },
  'gone-recording': { '': { at: 'gone-recording' } },
  'gone-keeping': { '': { at: 'gone-keeping' } },
  ended: { '': { at: 'ended' } },
};

const states = named<DepositState>(STATES);
const table = JSON.parse(readFileSync(join(testdata, 'deposit-table.json'), 'utf8')) as Table;

describe.each([...states])('%s', (name, state) => {
  it.each(Object.entries(ALL_EVENTS))('%s', (eventName, event) => {
    expect(seen(state, depositStep(state, event, context))).toBe(expected(table, name, eventName));
  });
});

it('the table lists what exists and nothing else', () => {
  expect(Object.keys(table)).toEqual([...states.keys()]);
  expect(unknownNames(table)).toEqual([]);
});

describe('a caller', () => {
  const folder = join(testdata, 'deposits');
  it.each(readdirSync(folder))('%s', (file) => {
    const lines = readFileSync(join(folder, file), 'utf8').trim().split('\n');
    expect(walk(lines, startDeposit(), (state, event) => depositStep(state, event, context))).toEqual({ lines, end: 'ended' });
  });
});
