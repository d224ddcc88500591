import type { Scope } from '../../../src/request/scopes';
import { Check } from '../ui/Form';

interface ScopePickerProps {
  readonly label: string;
  readonly scopes: readonly Scope[];
  readonly chosen: readonly string[];
  onChange(chosen: Scope[]): void;
}

/** Scopes to tick, one by one. */
export function ScopePicker({ label, scopes, chosen, onChange }: ScopePickerProps) {
  return (
    <fieldset className="scopes">
      <legend>{label}</legend>
      {scopes.map((scope) => (
        <Check
          key={scope}
          label={<code>{scope}</code>}
          isOn={chosen.includes(scope)}
          onChange={(isOn) => onChange(scopes.filter((one) => (one === scope ? isOn : chosen.includes(one))))}
        />
      ))}
    </fieldset>
  );
}
