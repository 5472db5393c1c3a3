import type { Effect, Said } from './dialogue.ts';
import type { Draft, HeldMessage, Login, MenuContext, MenuStep, PinGoal, Session, Visit } from './menu-state.ts';
import type { PromptName } from './prompts.ts';
import { ASKED_AT_MOST, ask, askAnew, askNumber, play, say, tell } from './says.ts';
import { countsOf, envelopeOf } from './menu-words.ts';

// How each place of the menu is entered: its state, and what is said and asked there. `first` is said before.

const ROUNDS = 3;

export const toNumber = (login: Login, first: readonly Said[]): MenuStep => ({ state: { at: 'asking-number', ...login }, effects: [askNumber([...first, ...say('enter-mailbox')], login.round > 1)] });

/** After a refusal what was dialled ahead is thrown away: it would be a further attempt without a further prompt. */
export const toPin = (login: Login & { readonly mailbox: string }, first: readonly Said[]): MenuStep => ({
  state: { at: 'asking-pin', round: login.round, isNumberAsked: login.isNumberAsked, mailbox: login.mailbox },
  effects: [askNumber([...first, ...say('enter-pin')], login.round > 1 && !login.isNumberAsked)],
});

/** The next round, the same way whatever was wrong: number, PIN, locked, or nothing entered. */
export function toNextRound(login: Login & { readonly mailbox: string }, first: readonly PromptName[]): MenuStep {
  if (login.round >= ROUNDS) return toGoodbye(say(...first));
  const next = { round: login.round + 1, isNumberAsked: login.isNumberAsked, mailbox: login.mailbox };
  return next.isNumberAsked ? toNumber({ round: next.round, isNumberAsked: true }, say(...first)) : toPin(next, say(...first));
}

export const toNewPin = (goal: PinGoal, first: readonly Said[], asked = 1): MenuStep => ({ state: { at: 'choosing-pin', goal, asked }, effects: [askNumber([...first, ...say('choose-pin')], true)] });

export const toLoading = (mailbox: string, isFirstUse: boolean): MenuStep => ({ state: { at: 'loading', mailbox, isFirstUse }, effects: [{ do: 'load-box' }] });

/** What has not been recorded yet is offered, one after the other, then the main menu. */
export function toOffers(session: Session, first: readonly Said[], kinds: readonly Draft['kind'][]): MenuStep {
  const kind = kinds.find((each) => !(each === 'name' ? session.hasName : session.hasGreeting));
  if (kind === undefined) return toMain(session, first);
  return { state: { at: 'offering', session, kind }, effects: [ask([...first, ...say(kind === 'name' ? 'offer-name' : 'offer-greeting')])] };
}

export const toDraft = (draft: Draft, first: readonly Said[], before: readonly Effect[] = []): MenuStep => ({
  state: { at: 'announcing', ...draftOf(draft) },
  effects: [...before, tell([...first, ...say(draft.kind === 'name' ? 'record-name' : 'record-greeting', 'tone')])],
});

export const toDraftReview = (draft: Draft, first: readonly Said[], asked: number): MenuStep => ({ state: { at: 'reviewing', asked, ...draftOf(draft) }, effects: [ask([...first, ...say('review-recording')])] });

/** The key that ended the recording answers nothing. */
export const toFirstDraftReview = (draft: Draft): MenuStep => ({ state: { at: 'reviewing', asked: 1, ...draftOf(draft) }, effects: [askAnew(say('review-recording'))] });

/** Where the recording was begun from. The name is offered first, so after it the greeting is next. */
export const afterDraft = ({ session, kind, from }: Draft, first: readonly Said[]): MenuStep =>
  from === 'options' ? toOptions(session, first) : toOffers(session, first, kind === 'name' ? ['greeting'] : []);

/** With the counts, as they are by now. */
export const toMain = (session: Session, first: readonly Said[]): MenuStep => ({ state: { at: 'main', session, asked: 1 }, effects: [ask([...first, ...countsOf(session), ...say('main-menu')])] });

export const toMainAgain = (session: Session, first: readonly Said[], asked: number): MenuStep =>
  orGoodbye(asked, { state: { at: 'main', session, asked }, effects: [ask([...first, ...say('main-menu')])] });

export const toOptions = (session: Session, first: readonly Said[], asked = 1): MenuStep =>
  orGoodbye(asked, { state: { at: 'options', session, asked }, effects: [ask([...first, ...say('options-menu')])] });

/** Kept ones first, oldest first; deleted ones last, where they can be restored. */
export function toMessages(session: Session, state: HeldMessage['state'], context: MenuContext): MenuStep {
  const listed = session.messages.filter((message) => message.state === state);
  const inOrder = [...listed.filter(({ deleted }) => !deleted), ...listed.filter(({ deleted }) => deleted)];
  const [message] = inOrder;
  if (!message) return toMainAgain(session, say(state === 'new' ? 'no-new-messages' : 'no-saved-messages'), 1);
  return toEnvelope({ session, ids: inOrder.map(({ id }) => id), message }, context);
}

/** The message before (-1) or after (1). */
export function toNeighbour(visit: Visit, by: -1 | 1, context: MenuContext): MenuStep {
  const id = visit.ids[visit.ids.indexOf(visit.message.id) + by];
  const message = visit.session.messages.find((each) => each.id === id);
  if (!message) return toMessage(visit, say(by > 0 ? 'no-next-message' : 'no-previous-message'));
  return toEnvelope({ ...visitOf(visit), message }, context);
}

export const toEnvelope = (visit: Visit, { now }: MenuContext): MenuStep => ({ state: { at: 'envelope', ...visitOf(visit) }, effects: [play(envelopeOf(visit, now))] });

export const toPlaying = (visit: Visit, { now }: MenuContext): MenuStep => ({ state: { at: 'playing', since: now, ...visitOf(visit) }, effects: [play([{ message: visit.message.id }])] });

export const toMessage = (visit: Visit, first: readonly Said[], asked = 1): MenuStep =>
  orGoodbye(asked, { state: { at: 'message', asked, ...visitOf(visit) }, effects: [ask([...first, ...say(visit.message.deleted ? 'deleted-menu' : 'message-menu')])] });

export const toGoodbye = (first: readonly Said[], before: readonly Effect[] = []): MenuStep => ({ state: { at: 'leaving' }, effects: [...before, tell([...first, ...say('goodbye')])] });

export const end = (...effects: readonly Effect[]): MenuStep => ({ state: { at: 'ended' }, effects });

const orGoodbye = (asked: number, step: MenuStep): MenuStep => (asked > ASKED_AT_MOST ? toGoodbye([]) : step);

export const draftOf = ({ session, kind, from, takes }: Draft): Draft => ({ session, kind, from, takes });

export const visitOf = ({ session, ids, message }: Visit): Visit => ({ session, ids, message });
