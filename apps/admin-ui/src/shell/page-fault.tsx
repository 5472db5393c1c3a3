import { Link, useRouter } from '@tanstack/react-router';
import { FileQuestion, TriangleAlert } from 'lucide-react';
import { wordsOf } from '../api/problem-words.ts';
import { Button, buttonClass } from '../ui/controls.tsx';
import { Empty } from '../ui/empty.tsx';
import { useTitle } from '../ui/layout.tsx';

/** A page that failed; the shell around it still works. */
export function PageFault({ error }: { readonly error: unknown }) {
  const router = useRouter();
  const { what, next } = wordsOf(error);
  useTitle(what);
  return (
    <Empty main icon={TriangleAlert} title={what} actions={<Button onClick={() => void router.invalidate()}>Try again</Button>}>
      {next}
    </Empty>
  );
}

/** Nothing of the shell is there yet. */
export function ShellFault({ error }: { readonly error: unknown }) {
  return (
    <main>
      <PageFault error={error} />
    </main>
  );
}

/** Inside the shell, so that navigation and search are at hand. */
export function PageNotFound() {
  useTitle('No page');
  return (
    <Empty
      main
      icon={FileQuestion}
      title="There is no page at this address"
      actions={
        <Link to="/" className={buttonClass({ look: 'primary' })}>
          Overview
        </Link>
      }
    >
      The link may be old, or the thing was deleted. Ctrl K searches users, numbers, mailboxes and devices.
    </Empty>
  );
}

export function NotFound() {
  return (
    <main>
      <PageNotFound />
    </main>
  );
}
