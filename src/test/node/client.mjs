// Drives the real ably-js for the Java tests: one JSON command per line on stdin, one JSON
// event per line on stdout. See AblyJsClient.
import * as readline from 'node:readline';
import * as Ably from 'ably';

let client;

function say(event, more = {}) {
  process.stdout.write(JSON.stringify({ event, ...more }) + '\n');
}

function errorOf(error) {
  if (!error) {
    return undefined;
  }
  const { code, statusCode, message, cause } = error;
  return { code, statusCode, message: message ?? String(error), cause: errorOf(cause) };
}

function tokenParams(params) {
  const wanted = ['clientId', 'ttl', 'capability', 'timestamp'].filter((name) => params[name] != null);
  return wanted.map((name) => [name, String(params[name])]);
}

// An authCallback as apps write it. A refusal keeps the status of the answer, so that 403
// ends the connection and everything else is tried again.
function callbackFor(url, headers) {
  return async (params, callback) => {
    try {
      const target = new URL(url);
      tokenParams(params).forEach(([name, value]) => target.searchParams.set(name, value));
      const answer = await fetch(target, { headers });
      const body = await answer.text();
      if (!answer.ok) {
        callback(refusal(answer.status, body), null);
        return;
      }
      const json = (answer.headers.get('content-type') ?? '').startsWith('application/json');
      callback(null, json ? JSON.parse(body) : body);
    } catch (error) {
      callback(String(error), null);
    }
  };
}

function refusal(status, body) {
  let error = {};
  try {
    error = JSON.parse(body).error ?? {};
  } catch {
    // not JSON: the status alone must do
  }
  return new Ably.ErrorInfo(error.message ?? `The auth server answered ${status}`, error.code ?? status * 100, status);
}

function connect({ clientOptions = {}, callbackUrl, callbackHeaders = {}, ably }) {
  const options = {
    endpoint: ably.host,
    port: ably.port,
    tlsPort: ably.port,
    tls: ably.tls,
    useBinaryProtocol: false,
    disableConnectivityCheck: true,
    logLevel: 0,
    autoConnect: false,
    ...clientOptions,
  };
  if (callbackUrl) {
    options.authCallback = callbackFor(callbackUrl, callbackHeaders);
  }
  client = new Ably.Realtime(options);
  const states = ['initialized', 'connecting', 'connected', 'disconnected', 'suspended', 'closing', 'closed', 'failed'];
  client.connection.on(states, ({ current, previous, reason }) =>
    say('state', { current, previous, reason: errorOf(reason), clientId: client.auth.clientId }),
  );
  client.connection.on('update', ({ reason }) => say('update', { reason: errorOf(reason) }));
  client.connect();
}

async function attach({ channel }) {
  try {
    const target = client.channels.get(channel);
    await target.subscribe(({ name, data, clientId }) => say('message', { channel, name, data, clientId }));
    await target.attach();
    say('attached', { channel });
  } catch (error) {
    say('attachFailed', { channel, ...errorOf(error) });
  }
}

async function publish({ channel, name, data }) {
  try {
    await client.channels.get(channel).publish(name, data);
    say('published', { channel, name });
  } catch (error) {
    say('publishFailed', { channel, name, ...errorOf(error) });
  }
}

async function enter({ channel }) {
  try {
    await client.channels.get(channel).presence.enter();
    say('entered', { channel });
  } catch (error) {
    say('enterFailed', { channel, ...errorOf(error) });
  }
}

async function authorize({ tokenParams: params }) {
  try {
    await client.auth.authorize(params);
    say('authorized');
  } catch (error) {
    say('authorizeFailed', errorOf(error));
  }
}

function close() {
  client?.close();
}

const commands = { connect, attach, publish, enter, authorize, close };

process.on('unhandledRejection', (error) => say('unhandledRejection', errorOf(error)));
process.on('uncaughtException', (error) => say('uncaughtException', errorOf(error)));

const lines = readline.createInterface({ input: process.stdin });
lines.on('line', async (line) => {
  try {
    const command = JSON.parse(line);
    await commands[command.command](command);
  } catch (error) {
    say('commandFailed', errorOf(error));
  }
});
lines.on('close', () => {
  close();
  setTimeout(() => process.exit(0), 200);
});
