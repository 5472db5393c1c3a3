import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

export const THEMES = ['light', 'dark'] as const;
export const WIDTHS = [1280, 390] as const;

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

export async function newContext(browser: Browser, url: string, login: string | undefined, width: number): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: url, colorScheme: 'light', viewport: { width, height: width < 500 ? 844 : 800 }, reducedMotion: 'reduce', timezoneId: 'Europe/Berlin' });
  if (login) await context.addCookies([{ name: 'fixture', value: login, url }]);
  return context;
}

/** Findings as one line each, so that a failure names the element. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(await readFile(AXE, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<{ violations: { id: string; nodes: { target: unknown; failureSummary?: string }[] }[] }> } };
    const { violations } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${String(node.target)} ${(node.failureSummary ?? '').replace(/\s+/g, ' ')}`));
  });
}

/** Phone pages are judged whole, as tall as they are, not the piece between the two bars. */
export async function unfold(page: Page): Promise<void> {
  const size = page.viewportSize();
  if (!size || size.width > 500) return;
  const tall = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: size.width, height: Math.max(size.height, tall + 4) });
}

/** How far the page could be scrolled sideways; must be 0. */
export function sidewaysOverflow(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(document.documentElement.scrollWidth - document.documentElement.clientWidth, ...[...document.querySelectorAll('main')].map((main) => main.scrollWidth - main.clientWidth)));
}
