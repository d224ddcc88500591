import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { ApiProblem } from '../api/problem';
import { toast } from './Toasts';

interface ActionOptions<Args, Result> {
  run(args: Args): Promise<Result>;
  /** What is said once it is done; nothing where the screen shows it. */
  done?(args: Args, result: Result): string;
  /** Takes it back; nothing where that can't be. */
  undo?(args: Args, result: Result): (() => Promise<unknown>) | undefined;
  /** Whether a refusal is said in a toast: where no form shows it. */
  readonly isToastedOnRefusal?: boolean;
}

/** Something that a person does: at most once at a time, with what came of it. */
export interface Action<Args, Result = unknown> {
  readonly isPending: boolean;
  readonly problem: ApiProblem | null;
  reset(): void;
  /** @param then called once it is done */
  run(args: Args, then?: (result: Result) => void): Promise<void>;
}

/**
 * Does something by the API: all that is on the screen is asked for anew, and the person is told, with a way back where there is one.
 */
export function useAction<Args = void, Result = unknown>({
  run,
  done,
  undo,
  isToastedOnRefusal = false,
}: ActionOptions<Args, Result>): Action<Args, Result> {
  const queries = useQueryClient();
  // What is drawn follows later: a second click may come before.
  const isUnderWay = useRef(false);
  const { mutateAsync, isPending, error, reset } = useMutation({ mutationFn: run });
  return {
    isPending,
    problem: error === null ? null : asProblem(error),
    reset,
    async run(args, then) {
      if (isUnderWay.current) return;
      isUnderWay.current = true;
      try {
        const result = await mutateAsync(args);
        then?.(result);
        const message = done?.(args, result);
        const back = undo?.(args, result);
        if (message !== undefined) toast({ message, ...(back === undefined ? {} : { undo: undoing(back) }) });
        void queries.invalidateQueries();
      } catch (refusal) {
        if (isToastedOnRefusal) toastProblem(asProblem(refusal));
      } finally {
        isUnderWay.current = false;
      }
    },
  };

  function undoing(back: () => Promise<unknown>) {
    return async () => {
      try {
        await back();
        toast({ message: 'Undone' });
      } catch (refusal) {
        toastProblem(asProblem(refusal));
      }
      await queries.invalidateQueries();
    };
  }
}

function toastProblem({ message, requestId }: ApiProblem): void {
  toast({ message, isProblem: true, ...(requestId === '' ? {} : { more: `Request ${requestId}` }) });
}

/** Whatever was thrown, as a problem with words. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  return new ApiProblem(error instanceof Error ? error.message : 'Something went wrong.', 0, 'unknown', '');
}
