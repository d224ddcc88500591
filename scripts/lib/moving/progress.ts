import { SingleBar } from 'cli-progress';

/** What is told while it goes on: a bar on a terminal, and now and then a line elsewhere. */
export interface Progress {
  update(share: number | null, users: number): void;
  stop(): void;
}

/** How often a line is told where there is no terminal, milliseconds. */
const EVERY = 10_000;

/** @param what is being done, such as `Importing` */
export function progressOf(what: string): Progress {
  const start = Date.now();
  const rate = (users: number) =>
    `${Math.round(users / Math.max(0.001, (Date.now() - start) / 1000))} a second`;
  if (process.stdout.isTTY) {
    const bar = new SingleBar({
      format: `${what} [{bar}] {percentage}% · {users} users · {rate} · {eta_formatted} left`,
      etaBuffer: 50,
      hideCursor: true,
    });
    bar.start(1_000, 0, { users: 0, rate: '' });
    return {
      update: (share, users) => bar.update(Math.floor((share ?? 0) * 1_000), { users, rate: rate(users) }),
      stop: () => bar.stop(),
    };
  }
  let told = start;
  return {
    update(share, users) {
      if (Date.now() - told < EVERY) return;
      told = Date.now();
      const left =
        share === null || share === 0 ? '' : `, ${minutes(((told - start) / share) * (1 - share))} left`;
      const percent = share === null ? '' : `${Math.floor(share * 100)}% · `;
      console.info(`${what}: ${percent}${users} users · ${rate(users)}${left}`);
    },
    stop() {},
  };
}

/** A time to go, for people. */
export function minutes(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 100 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
