import { mkdir } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings, launch, newContext, sidewaysOverflow, THEMES, unfold, WIDTHS } from './browser.ts';
import { startFixture } from './fixture/server.ts';
import { VISITS } from './places.ts';

const SCREENSHOTS = new URL('../../../dist/screenshots/', import.meta.url).pathname;
/** Its own copy: others may be serving dist/apps/admin-ui meanwhile. */
const UI = new URL('../../../dist/test/admin-ui', import.meta.url).pathname;

let browser: Browser;

beforeAll(async () => {
  await build({ configFile: new URL('../vite.config.ts', import.meta.url).pathname, logLevel: 'warn', build: { outDir: UI } });
  await mkdir(SCREENSHOTS, { recursive: true });
  browser = await launch();
});
afterAll(() => browser.close());

describe.each(VISITS)('$name', ({ name, login, path, heading, act }) => {
  it.each(WIDTHS)('has no finding in either theme at %i px', async (width) => {
    const fixture = await startFixture(UI);
    const context = await newContext(browser, fixture.url, login, width);
    try {
      const page = await context.newPage();
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(String(error)));
      await page.goto(path);
      await page.getByRole('heading', { name: heading, exact: true }).first().waitFor();
      await act?.(page);
      await unfold(page);
      for (const theme of THEMES) {
        await page.emulateMedia({ colorScheme: theme });
        await page.screenshot({ path: `${SCREENSHOTS}${name}${width === 390 ? '-390' : ''}${theme === 'dark' ? '-dark' : ''}.png` });
        expect(await axeFindings(page), theme).toEqual([]);
      }
      expect(await sidewaysOverflow(page)).toBe(0);
      expect(faults).toEqual([]);
    } finally {
      await context.close();
      await fixture.close();
    }
  });
});
