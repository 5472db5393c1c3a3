import { eventually } from '@sfs/testing';
import { chromium, type Page } from 'playwright-core';

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Debian's Chromium on a fresh profile. */
export async function withPage<T>(work: (page: Page) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
  try {
    return await work(await browser.newPage({ viewport: { width: 1280, height: 800 } }));
  } finally {
    await browser.close();
  }
}

export interface SignIn {
  readonly url: string;
  readonly login: string;
  readonly password: string;
}

export async function signIn(page: Page, { url, login, password }: SignIn): Promise<void> {
  await page.goto(url);
  await page.getByLabel('Login').fill(login);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

export interface Forward extends SignIn {
  readonly target: string;
  /** begins the moment the save is answered */
  onSaved(): Promise<number>;
}

/** Signs in with a one-time password, chooses a new one, forwards all calls; what the page says then, and what `onSaved` found. */
export function signInAndForward({ target, onSaved, ...account }: Forward): Promise<{ said: string; found: number }> {
  return withPage(async (page) => {
    await signIn(page, account);
    await choosePassword(page, account.password, 'a-password-of-the-story');
    await page.getByRole('group', { name: 'Forward all calls' }).getByRole('radio', { name: /number/i }).click({ force: true });
    await page.getByRole('textbox', { name: 'Forward all calls to' }).fill(target);
    const answered = page.waitForResponse((response) => response.request().method() === 'PUT' && response.url().includes('/call-settings'));
    await page.getByRole('button', { name: /^Save/ }).click();
    const response = await answered;
    if (!response.ok()) throw new Error(`the save was answered ${response.status()}: ${await response.text()}`);
    const said = page.getByText(/In effect/).first().innerText({ timeout: 10_000 });
    const found = await onSaved();
    return { said: (await said).replace(/\s+/g, ' '), found };
  });
}

async function choosePassword(page: Page, current: string, next: string): Promise<void> {
  await page.getByLabel('One-time password').or(page.getByLabel('Current password')).first().fill(current);
  await page.getByLabel('New password', { exact: true }).fill(next);
  const again = page.getByLabel(/again|repeat/i);
  if (await again.count()) await again.first().fill(next);
  await page.getByRole('button', { name: /password/i }).last().click();
}

/** Signs in with a one-time password and plays the newest message; how many new ones the page shows, and its name for the one that plays. */
export function playNewMessage(account: SignIn): Promise<{ fresh: number; plays: string }> {
  return withPage(async (page) => {
    await signIn(page, account);
    await choosePassword(page, account.password, 'a-password-of-the-story');
    await page.getByRole('link', { name: 'Voicemail' }).click();
    const play = page.getByRole('button', { name: /^Play the message from/ });
    await play.first().waitFor({ timeout: 10_000 });
    const fresh = await page.getByRole('listitem').filter({ hasText: /^New/ }).count();
    const plays = (await play.first().getAttribute('aria-label')) ?? '';
    await play.first().click();
    const position = page.getByRole('slider', { name: 'Position' });
    await eventually('the message plays', async () => (Number(await position.inputValue()) > 0.2 ? true : undefined), 10_000);
    return { fresh, plays };
  });
}

/** Finds a phone that waits on the page Devices and gives it a number there; the text of its row before, and resolves when its own page says that it is assigned. */
export function assignWaitingPhone(account: SignIn, mac: string, number: string): Promise<string> {
  return withPage(async (page) => {
    await signIn(page, account);
    await page.getByRole('navigation').getByRole('link', { name: /^Devices/ }).first().click();
    const row = page.getByRole('row').filter({ hasText: mac.replace(/..(?=.)/g, '$&:') }).filter({ hasText: 'Waiting' });
    const shown = await row.innerText({ timeout: 20_000 });
    await row.getByRole('link', { name: /^Assign/ }).click();
    await page.getByRole('combobox', { name: 'Number' }).fill(number);
    await page.getByRole('option', { name: new RegExp(`^${number}`) }).click();
    await page.getByRole('button', { name: 'Assign' }).click();
    await page.getByText('Assigned', { exact: true }).first().waitFor({ timeout: 20_000 });
    return shown.replace(/\s+/g, ' ');
  });
}
