import { useBlocker } from '@tanstack/react-router';
import { Button } from '../ui/controls.tsx';
import { Dialog, dialogStyles } from '../ui/dialog.tsx';

/** Leaving with unsaved changes asks; closing the tab does too. */
export function LeaveGuard({ dirty }: { readonly dirty: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => dirty && (current.pathname !== next.pathname || JSON.stringify(current.search) !== JSON.stringify(next.search)),
    enableBeforeUnload: dirty,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  return (
    <Dialog
      alert
      title="Leave without saving?"
      intro="What you changed here is not saved."
      onClose={blocker.reset}
      foot={
        <span className={dialogStyles.footEnd}>
          <Button onClick={blocker.reset}>Stay</Button>
          <Button look="danger" onClick={blocker.proceed}>
            Leave without saving
          </Button>
        </span>
      }
    />
  );
}
