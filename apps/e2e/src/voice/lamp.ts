import type { SipPhone, SipRequest } from '@sfs/testing';

/** Waits for a NOTIFY that says so; one that says something else is left for who waits for that. */
export function untilLamp(phone: SipPhone, waiting: 'yes' | 'no', counts: string, which: (request: SipRequest) => boolean = () => true): Promise<SipRequest> {
  const says = ({ method, body }: SipRequest): boolean => method === 'NOTIFY' && body.includes(`Messages-Waiting: ${waiting}`) && body.includes(`Voice-Message: ${counts}`);
  return phone.requests.next(`lamp ${waiting} ${counts} at ${phone.user}`, 15_000, (request) => says(request) && which(request));
}
