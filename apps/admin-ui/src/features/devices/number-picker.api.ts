import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { isNumberLike, ownersOf } from '../users/find.api.ts';

export interface Pickable {
  readonly number: string;
  /** whose it is; '' = nobody's */
  readonly name: string;
}

const MOST = 12;

/** Numbers of a switch by their beginning, or by their owner's name. */
export const numbersToPickQuery = (q: string, switchId: string) =>
  queryOptions({
    queryKey: ['numbers', switchId, 'to-pick', q],
    queryFn: async ({ signal }): Promise<readonly Pickable[]> => {
      if (q !== '' && !isNumberLike(q)) {
        const { items } = await request('listUsers', { query: { q, pageSize: MOST }, signal });
        return items.flatMap(({ displayName, numbers }) => numbers.filter((each) => each.switchId === switchId).map(({ number }) => ({ number, name: displayName })));
      }
      const { items } = await request('listNumbers', { path: { switchId }, query: { q, pageSize: MOST }, signal });
      const owners = await ownersOf(items, signal);
      return items.map(({ number, userId }) => ({ number, name: owners.find(({ id }) => id === userId)?.displayName ?? '' }));
    },
    enabled: switchId !== '',
    placeholderData: keepPreviousData,
  });
