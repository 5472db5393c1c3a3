import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VISITS } from './places.ts';
import { PATIENCE, UiUnderTest } from './ui-under-test.ts';

const FIRST_LOAD_BYTES = 200_000;

let ui: UiUnderTest;
beforeAll(async () => {
  ui = await UiUnderTest.open('pages');
});
afterAll(() => ui.close());

describe('every page has no finding at 1280 and 390 px, light and dark', PATIENCE, () => {
  it.each(VISITS)('$name', (visit) => ui.judge(visit));
});

describe('the keyboard', PATIENCE, () => {
  it('goes to every page by G and a letter, each announced by its title', async () => {
    await ui.withPage('admin', async (page) => {
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
    await ui.withPage(undefined, async (page, store) => {
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
    await ui.withPage('afinch', async (page, store) => {
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
    await ui.withPage('afinch', async (page) => {
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

it('loads at most 200 kB of script, gzipped, for the first page', async () => {
  const html = await readFile(`${ui.folder}/index.html`, 'utf8');
  const scripts = [...html.matchAll(/(?:src|href)="\/((?:assets\/)?[^"]+\.js)"/g)].map(([, file]) => file ?? '');
  expect(scripts.length).toBeGreaterThan(1);
  const sizes = await Promise.all(scripts.map(async (file) => gzipSync(await readFile(`${ui.folder}/${file}`)).length));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(FIRST_LOAD_BYTES);
});
