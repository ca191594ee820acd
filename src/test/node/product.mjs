// Drives a product SDK for the Java tests: one JSON command per line on stdin, one JSON line
// per answer or event on stdout. Paths such as "messages.send" are members of the room or the
// space, so that the Java tests name the calls of the SDK itself. See ProductSdk.
import * as readline from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import * as Ably from 'ably';

const clients = new Map();

function say(event, more) {
  process.stdout.write(JSON.stringify({ event, ...more }, plain) + '\n');
}

function plain(key, value) {
  return value instanceof Set ? [...value] : value;
}

function errorOf({ code, statusCode, message }) {
  return { code, statusCode, message: String(message) };
}

// Pages and channels know their client, which is no JSON: what counts are the items.
function resultOf(result) {
  return Array.isArray(result?.items) ? result.items : result;
}

function find(root, path) {
  const names = path.split('.');
  const last = names.pop();
  const owner = names.reduce((at, name) => at[name], root);
  return { owner, last };
}

function target({ client, name }) {
  return clients.get(client).opened.get(name);
}

export function serve({ wrap, open }) {
  const commands = {
    async connect({ client, ably, authUrl, authHeaders }) {
      const realtime = new Ably.Realtime({
        endpoint: ably.host,
        port: ably.port,
        tlsPort: ably.port,
        tls: ably.tls,
        useBinaryProtocol: false,
        disableConnectivityCheck: true,
        logLevel: 0,
        autoConnect: false,
        authUrl,
        authHeaders,
      });
      const connected = realtime.connection.once('connected');
      realtime.connect();
      await connected;
      clients.set(client, { realtime, product: wrap(realtime), opened: new Map(), authUrl });
      return realtime.auth.clientId;
    },

    // Another token on the same connection: the app's session has changed.
    async reauthorize({ client, authHeaders }) {
      const { realtime, authUrl } = clients.get(client);
      await realtime.auth.authorize(undefined, { authUrl, authHeaders });
    },

    async open({ client, name, options }) {
      const { product, opened } = clients.get(client);
      opened.set(name, await open(product, name, options));
    },

    // Some calls of Spaces never end when they are refused: patience is how long to wait.
    async call({ patience = 10_000, path, args, ...where }) {
      const { owner, last } = find(target(where), path);
      const late = sleep(patience, 'no answer', { ref: false });
      return resultOf(await Promise.race([owner[last](...args), late]));
    },

    async listen({ path, ...where }) {
      const { owner, last } = find(target(where), path);
      owner[last]((heard) => say('heard', { ...where, path, heard }));
    },

    async get({ path, ...where }) {
      const { owner, last } = find(target(where), path);
      return owner[last];
    },

    // Whatever was sent to the client before this has arrived when this ends.
    async settle({ client }) {
      await clients.get(client).realtime.connection.ping();
      await sleep(20);
    },

    async disconnect({ client }) {
      const { realtime } = clients.get(client);
      const closed = realtime.connection.once('closed');
      realtime.close();
      await closed;
    },
  };

  process.on('unhandledRejection', (error) => say('unhandledRejection', { error: errorOf(error) }));

  const lines = readline.createInterface({ input: process.stdin });
  lines.on('line', async (line) => {
    const { id, command, ...rest } = JSON.parse(line);
    try {
      say('answer', { id, result: (await commands[command](rest)) ?? null });
    } catch (error) {
      say('answer', { id, error: errorOf(error) });
    }
  });
  lines.on('close', () => {
    clients.forEach(({ realtime }) => realtime.close());
    setTimeout(() => process.exit(0), 100);
  });
}
