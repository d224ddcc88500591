import { type ComponentProps, type ReactNode, useId } from 'react';

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  /** For where the label is seen elsewhere already. */
  readonly isLabelHidden?: boolean;
}

/** What a control needs to be told to assistive technology together with its words. */
function useField({ label, hint, error, isLabelHidden }: FieldProps) {
  const id = useId();
  const parts = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  const attributes = {
    id,
    ...(parts === '' ? {} : { 'aria-describedby': parts }),
    ...(error ? { 'aria-invalid': true } : {}),
  };
  const frame = (control: ReactNode) => (
    <div className="field">
      <label htmlFor={id} className={isLabelHidden ? 'hidden' : undefined}>
        {label}
      </label>
      {control}
      {hint && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {error && (
        <span className="error" id={`${id}-error`}>
          {error}
        </span>
      )}
    </div>
  );
  return { attributes, frame };
}

type InputProps = FieldProps & ComponentProps<'input'>;

export function TextField({ label, hint, error, isLabelHidden = false, ...props }: InputProps) {
  const { attributes, frame } = useField({ label, hint, error, isLabelHidden });
  return frame(<input className="input" autoComplete="off" spellCheck={false} {...props} {...attributes} />);
}

export function TextArea({
  label,
  hint,
  error,
  isLabelHidden = false,
  ...props
}: FieldProps & ComponentProps<'textarea'>) {
  const { attributes, frame } = useField({ label, hint, error, isLabelHidden });
  return frame(<textarea className="textarea" spellCheck={false} {...props} {...attributes} />);
}

interface SelectProps extends FieldProps {
  readonly value: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  onChange(value: string): void;
}

export function Select({ value, options, onChange, ...field }: SelectProps) {
  const { attributes, frame } = useField({ isLabelHidden: false, ...field });
  return frame(
    <select
      className="select"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      {...attributes}
    >
      {options.map(([option, label]) => (
        <option key={option} value={option}>
          {label}
        </option>
      ))}
    </select>,
  );
}

interface CheckProps {
  readonly label: ReactNode;
  readonly isOn: boolean;
  readonly isDisabled?: boolean;
  onChange(isOn: boolean): void;
}

export function Check({ label, isOn, isDisabled = false, onChange }: CheckProps) {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={isOn}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

interface SwitchProps extends Omit<CheckProps, 'label'> {
  readonly label: string;
}

/** A setting that counts as soon as it is switched; its label is for assistive technology, the eye has its row. */
export function Switch({ label, isOn, isDisabled = false, onChange }: SwitchProps) {
  return (
    <input
      type="checkbox"
      role="switch"
      className="switch"
      aria-label={label}
      aria-checked={isOn}
      checked={isOn}
      disabled={isDisabled}
      onChange={(event) => onChange(event.target.checked)}
    />
  );
}
