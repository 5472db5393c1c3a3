/** What a final answer to a check-sync says about the phone, and what to do about it. For people. */
export function meaningOf(status: number): string {
  return MEANINGS.get(status) ?? (isTaken(status) ? TAKEN : `The phone or the SIP server refused it (${status}). The phone fetches by itself at its next check; restart it to have it fetch now.`);
}

export function isTaken(status: number): boolean {
  return status >= 200 && status < 300;
}

const TAKEN = 'The phone has taken it and fetches its configuration.';
const UNSUPPORTED = 'It reached the phone, which does not know this request. It fetches by itself at its next check; restart it to have it fetch now.';
const PASSWORD = 'It reached the phone, which wants a password for it. Switch the authentication of check-sync (resync) off in the phone; it fetches by itself at its next check.';
const BUSY = 'The phone is busy. It fetches by itself at its next check; send again when the call is over.';

const MEANINGS: ReadonlyMap<number, string> = new Map([
  [401, PASSWORD],
  [403, "The SIP server does not let us send it. Enter this service's SIP address among those that may send check-sync (`devices` of deploy/kamailio)."],
  [404, "The SIP server does not know the number. Check that the number's switch is the one this SIP server serves."],
  [405, UNSUPPORTED],
  [407, PASSWORD],
  [408, 'Nobody answered: the registered phone is switched off or cannot be reached, or the SIP server is away. The phone fetches when it starts or at its next check.'],
  [480, 'No phone is registered with this number. Check that it has power and network; it fetches when it starts.'],
  [481, UNSUPPORTED],
  [486, BUSY],
  [489, UNSUPPORTED],
  [500, 'The phone or the SIP server failed. Send again; the phone fetches by itself at its next check.'],
  [501, UNSUPPORTED],
  [503, 'The SIP server or the phone is overloaded or starting. Send again in a minute; the phone fetches by itself at its next check.'],
  [600, BUSY],
]);
