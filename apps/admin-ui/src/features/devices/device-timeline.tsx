import type { DeviceEvent } from '@sfs/rest-contract';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { Lightbulb } from 'lucide-react';
import { Fragment } from 'react';
import type { Answer } from '../../api/request.ts';
import { Button } from '../../ui/controls.tsx';
import { cx } from '../../ui/cx.ts';
import { dayAndTime } from '../../ui/formats.ts';
import { layout, Panel } from '../../ui/layout.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import text from '../../ui/text.module.css';
import { When } from '../../ui/when.tsx';
import { eventWords, hintWords } from './device-events.ts';
import styles from './devices.module.css';

type Events = UseInfiniteQueryResult<InfiniteData<Answer<'listDeviceEvents'>>>;

/** What the phone did and what was done to it, newest first; what is wrong carries its remedy. */
export function DeviceTimeline({ query, waiting }: { readonly query: Events; readonly waiting: boolean }) {
  return (
    <Panel title="Timeline" aside="30 days">
      <QueryState query={query}>
        {({ pages }) => {
          const events = pages.flatMap(({ items }) => items);
          if (events.length === 0)
            return (
              <div className={layout.body}>
                <p className={text.muted}>{waiting ? 'Of a phone that waits only the first and the last request are kept. Its timeline begins when it is assigned.' : 'Nothing yet: the phone has not asked since it was entered. It shows here the moment it does.'}</p>
              </div>
            );
          return (
            <>
              <ol className={styles.timeline} aria-label="Timeline">
                {events.map((event, at) => (
                  <Fragment key={event.id}>
                    {dayOf(event) === dayOf(events[at - 1]) ? null : <li className={styles.day}>{dayOf(event)}</li>}
                    <Entry event={event} />
                  </Fragment>
                ))}
              </ol>
              {query.hasNextPage ? (
                <div className={layout.body}>
                  <Button small disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                    Show older
                  </Button>
                </div>
              ) : null}
            </>
          );
        }}
      </QueryState>
    </Panel>
  );
}

function Entry({ event }: { readonly event: DeviceEvent }) {
  const { kind, what, file, about, source } = eventWords(event);
  const [lead = '', tail = ''] = what.split('{file}');
  return (
    <li className={cx(kind !== 'plain' && styles[kind])}>
      <When iso={event.at} seconds />
      <span className={styles.mark} aria-hidden />
      <div>
        {lead}
        {file ? <span className={text.mono}>{file}</span> : null}
        {tail}
        {about ? <small className={styles.detail}>{about}</small> : null}
        {event.hint ? (
          <small className={styles.hint}>
            <Lightbulb aria-hidden size={14} />
            <span>{hintWords(event.hint)}</span>
          </small>
        ) : null}
      </div>
      <span className={styles.source}>{source}</span>
    </li>
  );
}

/** "today", "yesterday", "20 Nov": the day alone. */
function dayOf(event: DeviceEvent | undefined): string {
  if (!event) return '';
  const words = dayAndTime(event.at, new Date()).replace(/\s?\d{2}:\d{2}$/, '');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
