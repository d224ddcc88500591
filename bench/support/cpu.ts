import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds of CPU that a process has taken so far. */
export type Cpu = () => number;

/**
 * What tells the CPU time of the workerd that this process started, where the system does (Linux); null elsewhere. A machine that
 * is busy with other work makes calls take longer, but hardly makes them take more of it.
 */
export function cpuOfWorkerd(): Cpu | null {
  const pid = processes().find((one) => isOurWorkerd(one));
  if (pid === undefined) return null;
  const tasks = `/proc/${pid}/task`;
  return () =>
    readdirSync(tasks).reduce(
      (sum, task) => sum + Number(read(`${tasks}/${task}/schedstat`).split(' ')[0]),
      0,
    ) / 1e6;
}

function processes(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** By what `stat` says: its number, its program in brackets, its state, its parent. */
function isOurWorkerd(pid: string): boolean {
  const [, program = '', parent = ''] = /\((.*)\) \S (\d+)/.exec(read(`/proc/${pid}/stat`)) ?? [];
  return program === 'workerd' && parent === String(process.pid);
}

/** What a file of a process says; nothing where the process, or one of its threads, has ended. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
