/** A failure whose message is for the person at the keyboard: what is wrong and what to do. Shown without a stack trace. */
export class StackError extends Error {
  override readonly name = 'StackError';
}

/** The work was given up because something else failed or the user asked to stop; not worth a line of its own. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';

  constructor() {
    super('cancelled');
  }
}
