import { useState } from 'react';
import { changesOf } from '../api/changeUser';
import type { User } from '../api/models';
import { Button } from '../ui/Button';
import { TextArea } from '../ui/Form';
import { ProblemNote } from '../ui/Problem';
import { Card } from '../ui/parts';
import { Scroll } from '../ui/Scroll';
import { useAction } from '../ui/useAction';

type Prefs = Record<string, unknown>;

const textOf = (prefs: unknown) => JSON.stringify(prefs, null, 2);

const isPrefs = (value: unknown): value is Prefs =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The preferences that a text means, or what is wrong with it. */
function parse(text: string): Prefs | string {
  try {
    const value: unknown = JSON.parse(text);
    return isPrefs(value) ? value : 'Preferences are a JSON object: begin with {.';
  } catch (error) {
    return error instanceof Error ? `This is no JSON: ${error.message}` : 'This is no JSON.';
  }
}

/** A user's preferences as JSON, checked as one types. */
export function PrefsCard({ user, canWrite }: { user: User; canWrite: boolean }) {
  const [draft, setDraft] = useState<string | null>(null);
  const save = changesOf(user.$id).prefs;
  const before: Prefs = isPrefs(user.prefs) ? user.prefs : {};
  const action = useAction<Prefs>({
    run: save,
    done: () => 'Preferences saved',
    undo: () => () => save(before),
  });
  const parsed = draft === null ? null : parse(draft);
  const error = typeof parsed === 'string' ? parsed : undefined;
  const close = () => {
    action.reset();
    setDraft(null);
  };
  return (
    <Card
      title="Preferences"
      actions={
        canWrite &&
        draft === null && (
          <Button look="quiet small" onPress={() => setDraft(textOf(user.prefs))}>
            Edit preferences
          </Button>
        )
      }
    >
      {draft === null ? (
        <Scroll label="Present preferences" look="json">
          <pre>{textOf(user.prefs)}</pre>
        </Scroll>
      ) : (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            if (isPrefs(parsed)) void action.run(parsed, close);
          }}
        >
          <TextArea
            label="Preferences as JSON"
            autoFocus
            value={draft}
            error={error}
            onChange={(event) => setDraft(event.target.value)}
          />
          {action.problem && <ProblemNote problem={action.problem} />}
          <div className="actions end">
            <Button onPress={close}>Cancel</Button>
            <Button
              look="primary"
              type="submit"
              isDisabled={error !== undefined}
              isPending={action.isPending}
            >
              Save
            </Button>
          </div>
        </form>
      )}
    </Card>
  );
}
