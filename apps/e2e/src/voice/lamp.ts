import { eventually, type SipPhone, type SipRequest } from '@sfs/testing';

/** Until the last NOTIFY of the lamp (of one dialog, when `which` says so) says so. */
export async function untilLamp(phone: SipPhone, waiting: 'yes' | 'no', counts: string, which: (request: SipRequest) => boolean = () => true): Promise<void> {
  await eventually(`lamp ${waiting} ${counts} at ${phone.user}`, () => {
    const body = phone.requests.all.filter((request) => request.method === 'NOTIFY' && which(request)).at(-1)?.body;
    if (body?.includes(`Messages-Waiting: ${waiting}`) && body.includes(`Voice-Message: ${counts}`)) return true;
    throw new Error(`the last one says ${JSON.stringify(body)}`);
  }, 15_000);
}
