import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALL_EVENTS, NOW, aMessage } from './dialogue-builders.ts';
import { type Table, expected, named, seen, unknownNames, walk } from './dialogue-fixtures.ts';
import type { StateAt } from './machine.ts';
import type { Draft, HeldMessage, MenuState, PinGoal, Session, Visit } from './menu-state.ts';
import { menuStep, startMenu } from './menu.ts';

const testdata = join(import.meta.dirname, '../testdata');
const context = { mailbox: '1002', now: NOW };
// fixture begin
const held = (id: string, change: Partial<HeldMessage> = {}): HeldMessage => ({ ...aMessage(id), deleted: false, ...change });
const fresh = held('m1');
const second = held('m2');
const old = held('m3', { state: 'old', fromNumber: '' });
const deleted = held('m4', { deleted: true });
const session: Session = { mailbox: '1002', timeZone: 'UTC', hasGreeting: false, hasName: false, messages: [fresh, second, old, deleted] };
const empty: Session = { ...session, messages: [] };
const visit: Visit = { session, ids: ['m1', 'm2', 'm4'], message: fresh };
const oldVisit: Visit = { session, ids: ['m3'], message: old };
const deletedVisit: Visit = { session, ids: ['m1', 'm2', 'm4'], message: deleted };
const must: PinGoal = { because: 'must', mailbox: '1002' };
const wish: PinGoal = { because: 'wish', session };
const offered: Draft = { session, kind: 'name', from: 'offers', takes: 1 };
const chosen: Draft = { session, kind: 'greeting', from: 'options', takes: 3 };
const known = { round: 1, isNumberAsked: false };
const asked = { round: 1, isNumberAsked: true };
const last = { round: 3, isNumberAsked: false };
// fixture end

/** Every place the menu can be at, by the type, and what makes a difference there. */
const STATES: { readonly [At in MenuState['at']]: Readonly<Record<string, StateAt<MenuState, At>>> } = {
  start: { '': { at: 'start' } },
  'asking-number': { '': { at: 'asking-number', ...asked }, ', last': { at: 'asking-number', round: 3, isNumberAsked: true } },
  'asking-pin': { '': { at: 'asking-pin', mailbox: '1002', ...known }, ', number asked': { at: 'asking-pin', mailbox: '1002', ...asked }, ', last': { at: 'asking-pin', mailbox: '1002', ...last } },
  'checking-pin': { '': { at: 'checking-pin', mailbox: '1002', ...known }, ', number asked': { at: 'checking-pin', mailbox: '1002', ...asked }, ', last': { at: 'checking-pin', mailbox: '1002', ...last } },
  'choosing-pin': { ', must': { at: 'choosing-pin', goal: must, asked: 1 }, ', must, last time': { at: 'choosing-pin', goal: must, asked: 3 }, ', wish': { at: 'choosing-pin', goal: wish, asked: 1 } },
  'repeating-pin': { ', must': { at: 'repeating-pin', goal: must, pin: '482913' }, ', wish': { at: 'repeating-pin', goal: wish, pin: '482913' } },
  'changing-pin': { ', must': { at: 'changing-pin', goal: must }, ', wish': { at: 'changing-pin', goal: wish } },
  loading: { '': { at: 'loading', mailbox: '1002', isFirstUse: false }, ', first use': { at: 'loading', mailbox: '1002', isFirstUse: true } },
  offering: { ', name': { at: 'offering', session, kind: 'name' }, ', greeting': { at: 'offering', session, kind: 'greeting' } },
  announcing: { ', name': { at: 'announcing', ...offered }, ', greeting': { at: 'announcing', ...chosen } },
  recording: { ', name, offered': { at: 'recording', ...offered }, ', greeting, third take': { at: 'recording', ...chosen } },
  reviewing: { ', name': { at: 'reviewing', asked: 1, ...offered }, ', greeting, last time': { at: 'reviewing', asked: 3, ...chosen } },
  listening: { '': { at: 'listening', ...offered } },
  keeping: { ', name, offered': { at: 'keeping', ...offered }, ', greeting, chosen': { at: 'keeping', ...chosen } },
  main: { '': { at: 'main', session, asked: 1 }, ', empty': { at: 'main', session: empty, asked: 1 }, ', last time': { at: 'main', session, asked: 3 } },
  options: { '': { at: 'options', session, asked: 1 }, ', last time': { at: 'options', session, asked: 3 } },
  envelope: { '': { at: 'envelope', ...visit } },
  playing: {
    ', new, just begun': { at: 'playing', since: NOW - 2999, ...visit },
    ', new, 3 s': { at: 'playing', since: NOW - 3000, ...visit },
    ', saved': { at: 'playing', since: NOW - 9000, ...oldVisit },
    ', deleted': { at: 'playing', since: NOW - 9000, ...deletedVisit },
  },
  'noting-heard': { '': { at: 'noting-heard', ...visit } },
  message: {
    ', new': { at: 'message', asked: 1, ...visit },
    ', saved, the only one': { at: 'message', asked: 1, ...oldVisit },
    ', deleted': { at: 'message', asked: 1, ...deletedVisit },
    ', last time': { at: 'message', asked: 3, ...visit },
  },
  marking: { ', saved': { at: 'marking', step: 'saved', ...visit }, ', deleted': { at: 'marking', step: 'deleted', ...visit }, ', restored': { at: 'marking', step: 'restored', ...deletedVisit } },
  leaving: { '': { at: 'leaving' } },
  'gone-marking': { '': { at: 'gone-marking' } },
  ended: { '': { at: 'ended' } },
};

const states = named<MenuState>(STATES);
const table = JSON.parse(readFileSync(join(testdata, 'menu-table.json'), 'utf8')) as Table;

describe.each([...states])('%s', (name, state) => {
  it.each(Object.entries(ALL_EVENTS))('%s', (eventName, event) => {
    expect(seen(state, menuStep(state, event, context))).toBe(expected(table, name, eventName));
  });
});

it('the table lists what exists and nothing else', () => {
  expect(Object.keys(table)).toEqual([...states.keys()]);
  expect(unknownNames(table)).toEqual([]);
});

describe('an owner', () => {
  const folder = join(testdata, 'menus');
  it.each(readdirSync(folder))('%s', (file) => {
    const lines = readFileSync(join(folder, file), 'utf8').trim().split('\n');
    const who = file.startsWith('foreign-phone') ? { ...context, mailbox: undefined } : context;
    expect(walk(lines, startMenu(), (state, event) => menuStep(state, event, who))).toEqual({ lines, end: 'ended' });
  });
});
