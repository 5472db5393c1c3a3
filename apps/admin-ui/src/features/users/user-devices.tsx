import type { User } from '@sfs/rest-contract';
import { Link } from '@tanstack/react-router';
import { Hash } from 'lucide-react';
import { buttonClass } from '../../ui/controls.tsx';
import { Empty } from '../../ui/empty.tsx';
import { layout, Panel } from '../../ui/layout.tsx';
import { DevicesOfNumbers } from '../devices/devices-of-numbers.tsx';

/** The phones that play a number of this user. */
export function UserDevices({ user }: { readonly user: User }) {
  if (user.numbers.length > 0)
    return (
      <div className={layout.stack}>
        <DevicesOfNumbers numbers={user.numbers} whose={`a number of ${user.displayName}`} />
      </div>
    );
  const add = (
    <Link to="/numbers/new" search={{ user: user.id }} className={buttonClass()}>
      Add a number
    </Link>
  );
  return (
    <Panel title="Devices">
      <Empty icon={Hash} title="No number yet" actions={add}>
        A phone plays a number, so {user.displayName} needs one first.
      </Empty>
    </Panel>
  );
}
