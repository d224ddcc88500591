import { type QueryKey, type UseQueryOptions, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemNote } from './Problem';
import { Loading } from './parts';
import { asProblem } from './useAction';

interface LoadedProps<Data, Key extends QueryKey> {
  readonly query: UseQueryOptions<Data, Error, Data, Key>;
  children(data: Data): ReactNode;
}

/** What a query answered; until then that it is on its way, or why it is not. */
export function Loaded<Data, Key extends QueryKey>({ query, children }: LoadedProps<Data, Key>) {
  const { data, error, refetch } = useQuery(query);
  if (data !== undefined) return children(data);
  if (error !== null) return <ProblemNote problem={asProblem(error)} retry={() => void refetch()} />;
  return <Loading />;
}
