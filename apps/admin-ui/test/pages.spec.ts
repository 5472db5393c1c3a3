import { mkdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings, launch, newContext, resize, sidewaysOverflow, THEMES, WIDTHS } from './browser.ts';
import { MACS } from './fixture/devices.ts';
import { startFixture } from './fixture/server.ts';
import { VISITS } from './places.ts';

const SCREENSHOTS = new URL('../../../dist/screenshots/', import.meta.url).pathname;
/** Its own copy: others may be serving dist/apps/admin-ui meanwhile. */
const UI = new URL('../../../dist/test/admin-ui', import.meta.url).pathname;
const FIRST_LOAD_BYTES = 200_000;

let browser: Browser;

beforeAll(async () => {
  await buildAsShipped();
  await mkdir(SCREENSHOTS, { recursive: true });
  browser = await launch();
});
afterAll(() => browser.close());

/** Browsers on a shared machine: what is waited for is a state, never the time. */
const PATIENCE = { timeout: 120_000 };

describe('every page has no finding at 1280 and 390 px, light and dark', PATIENCE, () => {
  it.each(VISITS)('$name', async ({ name, login, path, heading, store: prepare, act }) => {
    await withPage(login, async (page, store) => {
      prepare?.(store);
      await page.goto(path);
      await page.getByRole('heading', { name: heading, exact: true }).first().waitFor();
      await act?.(page);
      for (const width of WIDTHS) {
        await resize(page, width);
        for (const theme of THEMES) {
          await page.emulateMedia({ colorScheme: theme });
          await page.screenshot({ path: `${SCREENSHOTS}${name}${width === 390 ? '-390' : ''}${theme === 'dark' ? '-dark' : ''}.png` });
          expect(await axeFindings(page, theme), `${width} px, ${theme}`).toEqual([]);
        }
        expect(await sidewaysOverflow(page), `${width} px`).toBe(0);
      }
    });
  });
});

describe('the keyboard', PATIENCE, () => {
  it('goes to every page by G and a letter, each announced by its title', async () => {
    await withPage('admin', async (page) => {
      await page.goto('/');
      for (const [key, title] of Object.entries({ u: 'Users', n: 'Numbers', d: 'Dial plan', c: 'Calls', v: 'Voicemail', p: 'Devices', h: 'Changes', s: 'System', o: 'Overview' })) {
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.keyboard.press('g');
        await page.keyboard.press(key);
        await page.getByRole('heading', { level: 1, name: title }).waitFor();
        await page.waitForFunction((expected) => document.title.includes(expected), title);
      }
    });
  });

  it('signs in as the user of 1002 and forwards all calls to 1003 without a mouse', async () => {
    await withPage(undefined, async (page, store) => {
      await page.goto('/');
      await page.getByRole('textbox', { name: 'Login' }).waitFor();
      await page.keyboard.type('afinch');
      await page.keyboard.press('Tab');
      await page.keyboard.type('correct horse');
      await page.keyboard.press('Enter');
      await page.getByRole('group', { name: 'Forward all calls' }).getByRole('radio', { name: 'Off' }).focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Tab');
      await page.keyboard.type('1003');
      await page.keyboard.press('Control+s');
      await page.getByRole('region', { name: 'Saved', exact: true }).getByText('In effect after 182 ms').waitFor();
      expect(store.view('user/00000000-0000-4000-8000-000000000002').settings.forwardAll).toEqual({ kind: 'number', number: '1003' });
    });
  });

  it('plays by keyboard, marks heard after three seconds, deletes, and goes on at the next message', async () => {
    await withPage('afinch', async (page, store) => {
      await page.goto('/my/voicemail');
      const stateOf = (at: number) => store.messages[at]?.state;
      await page.getByRole('button', { name: /^Play the message from \+493023125041/ }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Pause the message from +493023125041' }).waitFor();
      expect(stateOf(0)).toBe('new');
      await expect.poll(() => stateOf(0), { timeout: 10_000 }).toBe('old');
      await page.getByRole('button', { name: 'Delete', exact: true }).focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => stateOf(0)).toBe('deleted');
      await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label')?.startsWith('Play the message from Clover Marsh'));
      await page.getByRole('region', { name: 'Deleted', exact: true }).getByRole('button', { name: 'Undo' }).click();
      await page.getByRole('button', { name: /^Play the message from \+493023125041/ }).waitFor();
      expect(stateOf(0)).toBe('old');
    });
  });

  it('keeps what was typed when the session ends', async () => {
    await withPage('afinch', async (page) => {
      await page.goto('/my');
      await page.getByRole('group', { name: 'Forward all calls' }).getByRole('radio', { name: 'Number' }).check();
      await page.getByRole('textbox', { name: 'Forward all calls to' }).fill('1003');
      await page.context().clearCookies();
      await page.keyboard.press('Control+s');
      const dialog = page.getByRole('dialog', { name: 'You were signed out' });
      await dialog.getByLabel('Password').fill('correct horse');
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'detached' });
      await page.keyboard.press('Control+s');
      await page.getByRole('region', { name: 'Saved', exact: true }).waitFor();
    });
  });
});

describe('devices', PATIENCE, () => {
  it('assigns a phone that waits without a mouse: its window opens, and closes again', async () => {
    await withPage('admin', async (page, store) => {
      const waiting = () => store.devices.find(({ mac }) => mac === MACS.waiting);
      await page.goto('/devices');
      await page.getByRole('link', { name: 'Assign 00:90:8f:5c:11:a2' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('combobox', { name: 'Number' }).focus();
      await page.keyboard.type('Plover');
      await page.getByRole('option', { name: '1011' }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.getByText('This opens the enrolment window for an hour.').waitFor();
      await page.getByRole('button', { name: 'Assign' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('timer', { name: 'Time left' }).filter({ hasText: /^(60:00|59:\d\d)$/ }).waitFor();
      expect(waiting()).toMatchObject({ number: '1011', switchId: 'site-a', model: '450HD', window: { address: '10.20.4.61' } });
      await page.getByRole('button', { name: 'Close window' }).focus();
      await page.keyboard.press('Enter');
      await page.getByText('The enrolment window is closed and the phone has never fetched').waitFor();
      expect(waiting()?.window).toBeNull();
    });
  });

  it('masks secrets until somebody asks, confirms, and is written down for it', async () => {
    await withPage('admin', async (page, store) => {
      const looked = () => store.changes.filter(({ kind, entityId }) => kind === 'device-reveal' && entityId === MACS.fine).length;
      await page.goto(`/devices/${MACS.fine}`);
      await page.getByRole('button', { name: 'Show secrets…' }).click();
      await page.getByRole('button', { name: 'Keep masked' }).click();
      expect(looked()).toBe(0);
      expect(await page.getByText('Vt7-kestrel-Qm4p').count()).toBe(0);
      await page.getByRole('button', { name: 'Show secrets…' }).click();
      await page.getByRole('button', { name: 'Show secrets', exact: true }).click();
      await page.getByText('Vt7-kestrel-Qm4p').waitFor();
      expect(looked()).toBe(1);
      await page.getByRole('button', { name: 'Mask secrets' }).click();
      await page.getByText('Vt7-kestrel-Qm4p').waitFor({ state: 'detached' });
    });
  });

  it('saves what is set for one phone, and sets it back to following', async () => {
    await withPage('admin', async (page, store) => {
      const settings = () => store.devices.find(({ mac }) => mac === MACS.drift)?.settings;
      await page.goto(`/devices/${MACS.drift}?tab=settings`);
      await page.getByRole('radio', { name: 'TCP' }).check();
      await page.getByRole('button', { name: 'Reset Looks for changes every to System: 60 min' }).click();
      await page.keyboard.press('Control+s');
      await page.getByRole('region', { name: 'Saved', exact: true }).waitFor();
      expect(settings()).toEqual({ transport: 'tcp', vendorParameters: { 'personal_settings/lcd_brightness': '3' } });
    });
  });
});

it('loads at most 200 kB of script, gzipped, for the first page', async () => {
  const html = await readFile(`${UI}/index.html`, 'utf8');
  const scripts = [...html.matchAll(/(?:src|href)="\/((?:assets\/)?[^"]+\.js)"/g)].map(([, file]) => file ?? '');
  expect(scripts.length).toBeGreaterThan(1);
  const sizes = await Promise.all(scripts.map(async (file) => gzipSync(await readFile(`${UI}/${file}`)).length));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(FIRST_LOAD_BYTES);
});

/** vitest sets NODE_ENV=test, which would build React's development half. */
async function buildAsShipped(): Promise<void> {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await build({ configFile: new URL('../vite.config.ts', import.meta.url).pathname, logLevel: 'warn', build: { outDir: UI } });
  } finally {
    process.env.NODE_ENV = before;
  }
}

type Store = Awaited<ReturnType<typeof startFixture>>['store'];

async function withPage(login: string | undefined, work: (page: Page, store: Store) => Promise<void>): Promise<void> {
  const fixture = await startFixture(UI);
  const context = await newContext(browser, fixture.url, login);
  try {
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text());
    });
    await work(page, fixture.store);
    expect(faults).toEqual([]);
  } finally {
    await context.close();
    await fixture.close();
  }
}
