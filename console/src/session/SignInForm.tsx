import { useState } from 'react';
import type { Scope } from '../../../src/request/scopes';
import { createEphemeralKey } from '../api/project';
import { Button } from '../ui/Button';
import { Check, Select, TextField } from '../ui/Form';
import { ProblemNote } from '../ui/Problem';
import { useAction } from '../ui/useAction';
import { ScopePicker } from './ScopePicker';
import { OFFERED, PRESETS, type Preset, scopesOf } from './scopes';
import { signIn } from './session';

const DURATIONS = [
  ['900', '15 minutes'],
  ['1800', '30 minutes'],
  ['3600', 'One hour'],
] as const;

/** Exchanges an API key for an ephemeral one, at once; the pasted one is forgotten. */
export function SignInForm({ person: known = '' }: { person?: string }) {
  const [key, setKey] = useState('');
  const [person, setPerson] = useState(known);
  const [preset, setPreset] = useState<Preset>('all');
  const [chosen, setChosen] = useState<Scope[]>(['users.read']);
  const [duration, setDuration] = useState('3600');
  const [isKept, setKept] = useState(true);
  const exchange = useAction({
    async run() {
      const wanted = { scopes: scopesOf(preset, chosen), duration: Number(duration), person: person.trim() };
      const { secret, scopes, expire, name } = await createEphemeralKey(key.trim(), wanted);
      setKey('');
      signIn({ secret, scopes, expire, person: name }, isKept);
    },
  });
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void exchange.run();
      }}
    >
      <TextField
        label="API key"
        type="password"
        required
        autoFocus
        value={key}
        onChange={(event) => setKey(event.target.value)}
        hint="Needs the scope keys.write. It is exchanged for a key of at most an hour and not kept."
      />
      <TextField
        label="Your name (optional)"
        value={person}
        maxLength={128}
        autoComplete="name"
        onChange={(event) => setPerson(event.target.value)}
        hint="Stands in the activity log behind the name of the key."
      />
      <div className="columns">
        <Select
          label="Allowed"
          value={preset}
          options={Object.entries(PRESETS)}
          onChange={(value) => setPreset(value === 'read' || value === 'custom' ? value : 'all')}
        />
        <Select label="For" value={duration} options={DURATIONS} onChange={setDuration} />
      </div>
      {preset === 'custom' && (
        <ScopePicker label="Scopes" scopes={OFFERED} chosen={chosen} onChange={setChosen} />
      )}
      <Check label="Stay signed in when this tab reloads" isOn={isKept} onChange={setKept} />
      {exchange.problem && <ProblemNote problem={exchange.problem} />}
      <Button look="primary" type="submit" isPending={exchange.isPending} isDisabled={key.trim() === ''}>
        Sign in
      </Button>
    </form>
  );
}
