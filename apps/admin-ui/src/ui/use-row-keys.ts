import { useLetterKeys } from './use-keys.ts';

/** J and K move between the rows' links, as the arrows do in a browser's list; Enter is the link's own. */
export function useRowKeys(): void {
  const move = (step: 1 | -1) => {
    const links = [...document.querySelectorAll<HTMLAnchorElement>('main table [data-row-link]')];
    const at = links.findIndex((link) => link === document.activeElement);
    links[at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
  };
  useLetterKeys({ j: () => move(1), k: () => move(-1) });
}
