import { type DevOptions, sharedArgs } from './devOptions.ts';
import { type Address, endpointOf, readAddress } from './ready.ts';
import { Stop } from './stop.ts';
import { ended, offline, start, toolCommand } from './tools.ts';

/**
 * Runs the service on this machine, at an address that nobody else knows, while something is done with it.
 * @throws Stop where it does not come up
 */
export async function withLocalServer<Result>(
  options: DevOptions,
  work: (endpoint: string) => Promise<Result>,
): Promise<Result> {
  const secrets = options.envFiles.flatMap((file) => ['--env-file', file]);
  const vars = options.vars.flatMap((one) => ['--var', one]);
  const args = ['dev', '--ip', '127.0.0.1', '--port', '0', '--inspector-port', '0', '--log-level', 'error'];
  const server = start(toolCommand('wrangler'), [...args, ...sharedArgs(options), ...secrets, ...vars], {
    env: offline,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const end = ended(server);
  try {
    const address = await new Promise<Address>((resolve, reject) => {
      server.on('message', (message) => {
        const found = readAddress(message);
        if (found !== undefined) resolve(found);
      });
      end.then(() => reject(new Stop('The local service did not start.')), reject);
    });
    return await work(endpointOf('http', { ...address, ip: '127.0.0.1' }).replace('localhost', '127.0.0.1'));
  } finally {
    server.kill('SIGTERM');
    await end.catch(() => {});
  }
}
