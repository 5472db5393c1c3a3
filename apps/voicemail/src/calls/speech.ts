import { DomainError } from '@sfs/kernel';
import type { Clip } from '@sfs/media';
import type { Said } from '@sfs/voicemail';
import type { Logger } from 'pino';
import type { GreetingKind, Greetings, RecordedGreeting } from '../greetings/greetings.port.ts';
import type { Messages } from '../messages/messages.port.ts';
import type { Draft } from './tape.ts';

export interface SpeechParts {
  readonly tenant: string;
  readonly messages: Pick<Messages, 'audio'>;
  readonly greetings: Pick<Greetings, 'find'>;
  readonly log: Logger;
}

/** Finds the audio of what is said in one call. */
export class Speech {
  readonly #parts: SpeechParts;
  readonly #greetings = new Map<string, Promise<RecordedGreeting | undefined>>();

  constructor(parts: SpeechParts) {
    this.#parts = parts;
  }

  /** undefined for each that cannot be had now. */
  clips(said: readonly Said[], from: { readonly mailbox: string; readonly draft: Draft | undefined }): Promise<(Clip | undefined)[]> {
    return Promise.all(said.map((each) => this.#clip(each, from)));
  }

  /** undefined = the built-in one plays, also when the own one cannot be read now. */
  greeting(mailbox: string, kind: GreetingKind): Promise<RecordedGreeting | undefined> {
    const key = `${mailbox} ${kind}`;
    const known = this.#greetings.get(key);
    if (known) return known;
    const found = this.#find(mailbox, kind);
    this.#greetings.set(key, found);
    return found;
  }

  /** after a greeting was recorded */
  forgetGreetings(): void {
    this.#greetings.clear();
  }

  async #clip(said: Said, { mailbox, draft }: { readonly mailbox: string; readonly draft: Draft | undefined }): Promise<Clip | undefined> {
    if ('prompt' in said || 'silenceMs' in said) return said;
    if ('greeting' in said) return this.greeting(said.mailbox, said.greeting);
    return 'draft' in said ? draft : this.#message(mailbox, said.message);
  }

  async #message(mailbox: string, id: string): Promise<Clip | undefined> {
    const { tenant, messages, log } = this.#parts;
    try {
      return await messages.audio(tenant, mailbox, id);
    } catch (error) {
      log.warn({ err: error, tenant, mailbox, message: id, code: codeOf(error) }, 'message cannot be played');
      return undefined;
    }
  }

  async #find(mailbox: string, kind: GreetingKind): Promise<RecordedGreeting | undefined> {
    const { tenant, greetings, log } = this.#parts;
    try {
      return await greetings.find(tenant, mailbox, kind);
    } catch (error) {
      log.warn({ err: error, tenant, mailbox, kind, code: codeOf(error) }, 'greeting cannot be read');
      return undefined;
    }
  }
}

const codeOf = (error: unknown): string | undefined => (error instanceof DomainError ? error.code : undefined);
