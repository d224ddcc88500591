import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { User } from '../api/models';
import { userQuery } from '../api/users';

export const useUserId = (): string => useParams({ strict: false, select: ({ userId }) => userId ?? '' });

/** The user of the screen; `UserShow` shows nothing below it before it is there. */
export function useUser(): User | undefined {
  return useQuery(userQuery(useUserId())).data;
}
