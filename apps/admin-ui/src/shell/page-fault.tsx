import { Link, useRouter } from '@tanstack/react-router';
import { FileQuestion, TriangleAlert } from 'lucide-react';
import { wordsOf } from '../api/problem-words.ts';
import { Button, buttonClass } from '../ui/controls.tsx';
import { Empty } from '../ui/empty.tsx';

export function PageFault({ error }: { readonly error: unknown }) {
  const router = useRouter();
  const { what, next } = wordsOf(error);
  return (
    <Empty icon={TriangleAlert} title={what} actions={<Button onClick={() => void router.invalidate()}>Try again</Button>}>
      {next}
    </Empty>
  );
}

export function NotFound() {
  return (
    <Empty
      icon={FileQuestion}
      title="There is no page at this address"
      actions={
        <Link to="/" className={buttonClass({ look: 'primary' })}>
          Overview
        </Link>
      }
    >
      The link may be old, or the thing was deleted.
    </Empty>
  );
}
