import type { Page } from 'playwright-core';
import { userId } from './fixture/people.ts';
import type { Store } from './fixture/store.ts';

export interface Visit {
  readonly name: string;
  readonly login: 'admin' | 'afinch' | undefined;
  readonly path: string;
  /** what must be seen before the page is judged */
  readonly heading: string;
  /** what the fixture holds instead */
  readonly store?: (store: Store) => unknown;
  readonly act?: (page: Page) => Promise<void>;
}

const alder = userId(2);
const call = encodeURIComponent('a84b4c76e66710-3@192.0.2.30');

/** Every page but those of devices, and the states worth looking at. */
export const VISITS: readonly Visit[] = [
  { name: 'sign-in', login: undefined, path: '/sign-in', heading: 'Sign in' },
  { name: 'overview', login: 'admin', path: '/', heading: 'Overview', act: (page) => page.getByText('Calls are decided').first().waitFor() },
  { name: 'users', login: 'admin', path: '/users', heading: 'Users', act: (page) => page.getByRole('link', { name: 'Alder Finch' }).waitFor() },
  { name: 'users-none', login: 'admin', path: '/users?q=10002', heading: 'Users', act: (page) => page.getByText('No user matches').waitFor() },
  { name: 'user-new', login: 'admin', path: '/users/new', heading: 'New user' },
  { name: 'user', login: 'admin', path: `/users/${alder}`, heading: 'Alder Finch', act: editSettings },
  { name: 'user-saved', login: 'admin', path: `/users/${alder}`, heading: 'Alder Finch', act: saveSettings },
  { name: 'user-conflict', login: 'admin', path: `/users/${alder}`, heading: 'Alder Finch', act: meetConflict },
  { name: 'user-numbers', login: 'admin', path: `/users/${alder}?section=numbers`, heading: 'Alder Finch', act: (page) => page.getByRole('button', { name: 'SIP password of 1002' }).click() },
  { name: 'user-profile', login: 'admin', path: `/users/${alder}?section=profile`, heading: 'Alder Finch', act: (page) => page.getByRole('heading', { name: 'Delete this user' }).waitFor() },
  { name: 'user-access', login: 'admin', path: `/users/${alder}?section=access`, heading: 'Alder Finch', act: createAccount },
  { name: 'user-history', login: 'admin', path: `/users/${alder}?section=history`, heading: 'Alder Finch', act: (page) => page.getByRole('table', { name: 'Changes' }).waitFor() },
  { name: 'user-unknown', login: 'admin', path: `/users/${userId(99)}`, heading: 'There is no such user' },
  { name: 'numbers', login: 'admin', path: '/numbers', heading: 'Numbers', act: (page) => page.getByRole('link', { name: 'Alder Finch' }).first().waitFor() },
  { name: 'number', login: 'admin', path: '/numbers/site-a/1002', heading: '1002', act: (page) => page.getByRole('link', { name: 'Alder Finch' }).waitFor() },
  { name: 'number-new', login: 'admin', path: '/numbers/new', heading: 'New number' },
  { name: 'dial-plan', login: 'admin', path: '/dial-plan?partition=premium-blocked', heading: 'Dial plan', act: editPartition },
  { name: 'dial-plan-profiles', login: 'admin', path: '/dial-plan?tab=profiles', heading: 'Dial plan', act: (page) => page.getByRole('group', { name: 'Partitions of this profile' }).waitFor() },
  { name: 'dial-plan-settings', login: 'admin', path: '/dial-plan?tab=settings', heading: 'Dial plan', act: (page) => page.getByRole('heading', { name: 'Trunks' }).waitFor() },
  { name: 'dial-plan-new', login: 'admin', path: '/dial-plan?partition=:new', heading: 'Dial plan', act: (page) => page.getByRole('button', { name: 'Create partition' }).waitFor() },
  { name: 'calls', login: 'admin', path: '/calls', heading: 'Calls', act: (page) => page.getByRole('table', { name: 'Decisions' }).waitFor() },
  { name: 'call-test', login: 'admin', path: '/calls/test?from=1001&to=1002', heading: 'Test a call', act: (page) => page.getByText('Rings 1003').first().waitFor() },
  { name: 'call-test-empty', login: 'admin', path: '/calls/test', heading: 'Test a call' },
  { name: 'call-explain', login: 'admin', path: `/calls/explain?call=${call}`, heading: '1001 called 1002', act: (page) => page.getByText('Rings 1003').first().waitFor() },
  { name: 'voicemail', login: 'admin', path: '/voicemail', heading: 'Voicemail', act: (page) => page.getByRole('link', { name: '1002', exact: true }).waitFor() },
  { name: 'voicemail-none', login: 'admin', path: '/voicemail?q=77', heading: 'Voicemail', act: (page) => page.getByText('No mailbox begins with').waitFor() },
  { name: 'mailbox-new', login: 'admin', path: `/voicemail/new?user=${userId(5)}`, heading: 'New mailbox', act: (page) => page.getByRole('textbox', { name: 'Number' }).waitFor() },
  { name: 'mailbox-created', login: 'admin', path: `/voicemail/new?user=${userId(5)}`, heading: 'New mailbox', act: createMailbox },
  { name: 'mailbox', login: 'admin', path: '/voicemail/1002', heading: 'Mailbox 1002', act: playFirst },
  { name: 'mailbox-deleting', login: 'admin', path: '/voicemail/1002', heading: 'Mailbox 1002', act: deleteFirst },
  { name: 'mailbox-refused', login: 'admin', path: '/voicemail/1003', heading: 'Mailbox 1003', act: playRefused },
  { name: 'mailbox-empty', login: 'admin', path: '/voicemail/1001', heading: 'Mailbox 1001', act: (page) => page.getByText('No messages').waitFor() },
  { name: 'mailbox-greetings', login: 'admin', path: '/voicemail/1002?tab=greetings', heading: 'Mailbox 1002', act: (page) => page.getByRole('table', { name: 'Greetings' }).waitFor() },
  { name: 'mailbox-settings', login: 'admin', path: '/voicemail/1002?tab=settings', heading: 'Mailbox 1002', act: editMailbox },
  { name: 'mailbox-access', login: 'admin', path: '/voicemail/1003?tab=access', heading: 'Mailbox 1003', act: resetPin },
  { name: 'mailbox-deleted', login: 'admin', path: '/voicemail/1002?tab=deleted', heading: 'Mailbox 1002', act: (page) => page.getByRole('list', { name: 'Deleted messages' }).waitFor() },
  { name: 'mailbox-history', login: 'admin', path: '/voicemail/1002?tab=history', heading: 'Mailbox 1002', act: (page) => page.getByRole('table', { name: 'Changes' }).waitFor() },
  { name: 'user-voicemail', login: 'admin', path: `/users/${alder}?section=voicemail`, heading: 'Alder Finch', act: (page) => page.getByRole('table', { name: 'Mailboxes of this user' }).waitFor() },
  { name: 'user-voicemail-none', login: 'admin', path: `/users/${userId(5)}?section=voicemail`, heading: 'Sorrel Tern', act: (page) => page.getByText('No mailbox yet').waitFor() },
  { name: 'changes', login: 'admin', path: '/changes', heading: 'Changes', act: (page) => page.getByRole('table', { name: 'Changes' }).waitFor() },
  { name: 'system', login: 'admin', path: '/system', heading: 'System', act: (page) => page.getByRole('table', { name: 'Sites' }).waitFor() },
  { name: 'system-switches', login: 'admin', path: '/system?tab=switches', heading: 'System', act: (page) => page.getByRole('table', { name: 'Switches' }).waitFor() },
  { name: 'system-settings', login: 'admin', path: '/system?tab=settings&site=site-a', heading: 'System', act: (page) => page.getByRole('group', { name: 'Forward all calls' }).waitFor() },
  { name: 'system-tenants', login: 'admin', path: '/system?tab=tenants', heading: 'System', act: (page) => page.getByRole('table', { name: 'Tenants' }).waitFor() },
  { name: 'system-tokens', login: 'admin', path: '/system?tab=tokens', heading: 'System', act: (page) => page.getByRole('table', { name: 'API tokens' }).waitFor() },
  { name: 'account', login: 'admin', path: '/account', heading: 'Account' },
  { name: 'palette', login: 'admin', path: '/users', heading: 'Users', act: openPalette },
  { name: 'keys', login: 'admin', path: '/users', heading: 'Users', act: openKeys },
  { name: 'not-found', login: 'admin', path: '/nowhere', heading: 'There is no page at this address' },
  { name: 'self-service', login: 'afinch', path: '/my', heading: 'My calls', act: (page) => page.getByRole('group', { name: 'Forward all calls' }).waitFor() },
  { name: 'self-service-edited', login: 'afinch', path: '/my', heading: 'My calls', act: editSettings },
  { name: 'self-service-voicemail', login: 'afinch', path: '/my/voicemail', heading: 'Voicemail', act: playFirst },
  { name: 'self-service-deleted', login: 'afinch', path: '/my/voicemail?tab=deleted', heading: 'Voicemail', act: (page) => page.getByRole('list', { name: 'Deleted messages' }).waitFor() },
  { name: 'self-service-account', login: 'afinch', path: '/my/account', heading: 'Account' },
];

async function editSettings(page: Page): Promise<void> {
  const group = page.getByRole('group', { name: 'Forward all calls' });
  await group.getByRole('radio', { name: 'Number' }).check();
  await page.getByRole('textbox', { name: 'Forward all calls to' }).fill('1003');
  const ladder = page.getByRole('button', { name: /^No answer after: .* Show all layers$/ });
  if (await ladder.isVisible()) await ladder.click();
  await page.getByRole('region', { name: 'Unsaved changes' }).waitFor();
}

async function saveSettings(page: Page): Promise<void> {
  await editSettings(page);
  await page.keyboard.press('Control+s');
  await page.getByRole('region', { name: 'Saved', exact: true }).getByText('In effect after 182 ms').waitFor();
}

/** Somebody else saves between the first key and the save. */
async function meetConflict(page: Page): Promise<void> {
  await editSettings(page);
  await page.getByRole('switch', { name: 'Call waiting' }).click();
  await page.evaluate(async (id) => {
    const path = `/api/v1/users/${id}/call-settings`;
    const { meta } = (await (await fetch(path)).json()) as { meta: { tag: string } };
    const body = { noAnswerTimeoutSeconds: 15, forwardAll: { kind: 'number', number: '1100' } };
    await fetch(path, { method: 'PUT', body: JSON.stringify(body), headers: { 'if-match': `"${meta.tag}"` } });
  }, alder);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog', { name: /saved by someone else/ }).waitFor();
}

async function createAccount(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByText('quail-4821-meadow').waitFor();
}

async function editPartition(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Add a pattern' }).fill('0137.');
  await page.getByRole('button', { name: 'Add pattern' }).click();
  await page.getByRole('region', { name: 'Unsaved changes' }).waitFor();
}

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('searchbox', { name: 'Search or jump to' }).waitFor();
  await page.keyboard.type('1002');
  await page.getByRole('option', { name: /Mailbox 1002/ }).waitFor();
}

async function openKeys(page: Page): Promise<void> {
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
}

async function playFirst(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Play the message from \+493023125041/ }).click();
  await page.getByRole('slider', { name: 'Position' }).waitFor();
  await page.getByRole('button', { name: /^Pause/ }).waitFor();
}

async function deleteFirst(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Delete the message from Clover Marsh' }).click();
  await page.getByRole('region', { name: 'Deleted', exact: true }).getByRole('button', { name: 'Undo' }).waitFor();
}

async function playRefused(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Play the message from Alder Finch/ }).click();
  await page.getByText('Administrators may not listen to mailbox 1003').waitFor();
}

async function editMailbox(page: Page): Promise<void> {
  await page.getByRole('spinbutton', { name: 'Messages at most' }).fill('25');
  await page.getByRole('button', { name: /^Time zone: .* Show all layers$/ }).click();
  await page.getByRole('region', { name: 'Unsaved changes' }).waitFor();
}

async function resetPin(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Unlock now' }).waitFor();
  await page.getByRole('button', { name: 'Reset PIN' }).click();
  await page.getByText('285913').waitFor();
}

async function createMailbox(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Create mailbox' }).click();
  await page.getByText('730418').waitFor();
}
