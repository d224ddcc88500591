import { Switch } from '../ui/Form';
import { useAction } from '../ui/useAction';

interface SwitchRowProps {
  readonly label: string;
  readonly hint?: string;
  readonly isOn: boolean;
  readonly canWrite: boolean;
  save(isOn: boolean): Promise<unknown>;
}

/** A setting that counts at once, and can be taken back. */
export function SwitchRow({ label, hint, isOn, canWrite, save }: SwitchRowProps) {
  const action = useAction<boolean>({
    run: save,
    done: (next) => `${label}: ${next ? 'on' : 'off'}`,
    undo: (next) => () => save(!next),
    isToastedOnRefusal: true,
  });
  return (
    <div className="row-line">
      <div className="value">
        <div>
          {label}
          {hint && <div className="muted">{hint}</div>}
        </div>
      </div>
      <Switch
        label={label}
        isOn={isOn}
        isDisabled={!canWrite || action.isPending}
        onChange={(next) => void action.run(next)}
      />
    </div>
  );
}
