// What may be done at the storage, and how large and what files may be.

import { useQuery } from '@tanstack/react-query';
import type { Limits } from '../client';
import { useTab } from './tab_context';

// Undefined until it is known.
export function useLimits(): Limits | undefined {
  const { client } = useTab();
  const { data } = useQuery({
    queryKey: ['mediadock', client.apiBase, 'limits'],
    queryFn: ({ signal }) => client.limits(signal),
    staleTime: 5 * 60_000,
    refetchInterval: ({ state }) => (state.error ? 5_000 : false),
    networkMode: 'always',
  });
  return data;
}
