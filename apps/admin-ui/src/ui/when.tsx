import { clock, shortTime } from './formats.ts';

/** A time in the viewer's zone, the exact one in the title. */
export function When({ iso, seconds = false }: { readonly iso: string; readonly seconds?: boolean }) {
  if (!iso) return <span>never</span>;
  return (
    <time dateTime={iso} title={iso}>
      {seconds ? clock(iso) : shortTime(iso, new Date())}
    </time>
  );
}
