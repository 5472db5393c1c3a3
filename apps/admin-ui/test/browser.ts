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

export async function newContext(browser: Browser, url: string, login: string | undefined): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: url, colorScheme: 'light', viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', timezoneId: 'Europe/Berlin' });
  if (login) await context.addCookies([{ name: 'fixture', value: login, url }]);
  return context;
}

const ALL_RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The second theme changes colours and nothing else. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** Findings as one line each, so that a failure names the element. */
export async function axeFindings(page: Page, theme: (typeof THEMES)[number]): Promise<readonly string[]> {
  await page.evaluate(await readFile(AXE, 'utf8'));
  return page.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<{ violations: { id: string; nodes: { target: unknown; failureSummary?: string }[] }[] }> } };
    const { violations } = await axe.run({ runOnly });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${String(node.target)} ${(node.failureSummary ?? '').replace(/\s+/g, ' ')}`));
  }, theme === 'light' ? ALL_RULES : COLOUR_RULES);
}

/** Phone pages are judged whole, as tall as they are, not the piece between the two bars. */
export async function resize(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 800 });
  if (width > 500) return;
  const tall = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(844, tall + 4) });
}

/** How far the page could be scrolled sideways; must be 0. */
export function sidewaysOverflow(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(document.documentElement.scrollWidth - document.documentElement.clientWidth, ...[...document.querySelectorAll('main')].map((main) => main.scrollWidth - main.clientWidth)));
}
