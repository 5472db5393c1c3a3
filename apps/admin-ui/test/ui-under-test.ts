import { mkdir } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { expect } from 'vitest';
import { axeFindings, launch, newContext, resize, sidewaysOverflow, THEMES, WIDTHS } from './browser.ts';
import { startFixture } from './fixture/server.ts';
import type { Visit } from './places.ts';

const SCREENSHOTS = new URL('../../../dist/screenshots/', import.meta.url).pathname;

/** Browsers on a shared machine: what is waited for is a state, never the time. */
export const PATIENCE = { timeout: 120_000 };

type Store = Awaited<ReturnType<typeof startFixture>>['store'];

/** The UI as it is shipped, on the fixture, in Chromium. Each spec has a copy of its own: others may be serving theirs meanwhile. */
export class UiUnderTest {
  readonly folder: string;
  readonly #browser: Browser;

  private constructor(folder: string, browser: Browser) {
    this.folder = folder;
    this.#browser = browser;
  }

  static async open(name: string): Promise<UiUnderTest> {
    const folder = new URL(`../../../dist/test/admin-ui-${name}`, import.meta.url).pathname;
    await buildAsShipped(folder);
    await mkdir(SCREENSHOTS, { recursive: true });
    return new UiUnderTest(folder, await launch());
  }

  close(): Promise<void> {
    return this.#browser.close();
  }

  async withPage(login: string | undefined, work: (page: Page, store: Store) => Promise<void>): Promise<void> {
    const fixture = await startFixture(this.folder);
    const context = await newContext(this.#browser, fixture.url, login);
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

  /** No finding at 1280 and 390 px, light and dark; a screenshot of each. */
  judge({ name, login, path, heading, store: prepare, act }: Visit): Promise<void> {
    return this.withPage(login, async (page, store) => {
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
  }
}

/** vitest sets NODE_ENV=test, which would build React's development half. */
async function buildAsShipped(outDir: string): Promise<void> {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await build({ configFile: new URL('../vite.config.ts', import.meta.url).pathname, logLevel: 'warn', build: { outDir } });
  } finally {
    process.env.NODE_ENV = before;
  }
}
