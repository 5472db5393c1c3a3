// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Ladder, Layers, type Rung } from './ladder.tsx';

afterEach(cleanup);

const rungs: readonly Rung[] = [
  { layer: 'system', name: 'System', set: true, wins: false, words: '30 s' },
  { layer: 'tenant', name: 'Tenant', set: false, wins: false, words: 'not set' },
  { layer: 'site', name: 'Site Berlin', set: true, wins: true, words: '15 s' },
  { layer: 'user', name: 'User', set: false, wins: false, words: 'not set' },
];

describe('the ladder', () => {
  it('says in one sentence which layer wins and which are covered', () => {
    render(<Ladder subject="No answer after" rungs={rungs} own={false} open={false} onToggle={() => undefined} />);
    expect(screen.getByRole('button', { name: 'No answer after: from Site Berlin; also set at System. Show all layers' }).textContent).toBe('Site Berlin');
  });

  it('says "Set here" for the layer that is edited', () => {
    render(<Ladder subject="On busy" rungs={rungs} own open={false} onToggle={() => undefined} />);
    expect(screen.getByRole('button').textContent).toBe('Set here');
  });

  it('opens the layers and tells that they are open', () => {
    const toggle = vi.fn();
    render(<Ladder subject="On busy" rungs={rungs} own={false} open onToggle={toggle} />);
    fireEvent.click(screen.getByRole('button', { expanded: true }));
    expect(toggle).toHaveBeenCalledOnce();
  });

  it('is plain text where there is nothing to open', () => {
    render(<Ladder subject="On busy" rungs={rungs} own={false} />);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('lists every layer with its value, the losing ones struck', () => {
    render(<Layers subject="No answer after" rungs={rungs} />);
    expect(screen.getByRole('list', { name: 'Layers of No answer after' }).textContent).toBe('System30 sTenantnot setSite Berlin15 sUsernot set');
    expect(screen.getByText('30 s').tagName).toBe('S');
    expect(screen.getByText('15 s').tagName).toBe('B');
  });
});
