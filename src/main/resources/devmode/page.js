const ABLY_JS = "https://cdn.ably.com/lib/ably.min-2.js";
const at = (id) => document.getElementById(id);
const json = async (path) => (await fetch(path)).json();
let session;

function decode(part) {
  const bytes = Uint8Array.from(atob(part.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

async function ask(path, status) {
  const answer = await fetch(path, { headers: { authorization: `Bearer ${session}` } });
  const narrowed = answer.headers.get("X-Ably-Auth-Narrowed") ? ", narrowed" : "";
  at(status).classList.toggle("refused", !answer.ok);
  at(status).textContent = `${answer.status} ${answer.headers.get("Content-Type")}${narrowed}`;
  return { ok: answer.ok, text: await answer.text() };
}

function showGrants(rows) {
  at("grants").closest("table").hidden = rows.length === 0;
  at("grants").replaceChildren(...rows.map((row) => {
    const line = document.createElement("tr");
    line.append(...[row.resource, row.operations.join(", "), row.rule].map((text) => {
      const cell = document.createElement("td");
      cell.textContent = text;
      return cell;
    }));
    return line;
  }));
}

async function signIn(user, button) {
  session = await (await fetch(`/dev/session/${user.id}`)).text();
  for (const other of at("users").children) {
    other.setAttribute("aria-pressed", String(other === button));
  }
  const grants = await json(`/dev/grants/${user.id}`);
  showGrants(grants);
  const claims = Object.keys(user.claims).length ? `, claims ${JSON.stringify(user.claims)}` : "";
  at("who").textContent = `${user.id}, roles ${user.roles.join(", ")}${claims}: `
    + (grants.length ? "the policy gives this." : "the policy gives nothing.");
  const jwt = await ask("/api/ably-jwt", "jwt-status");
  at("jwt").textContent = jwt.text;
  at("jwt-decoded").textContent = jwt.ok
    ? jwt.text.split(".").slice(0, 2).map((part) => JSON.stringify(decode(part), null, 2)).join("\n") : "";
  const request = await ask("/api/ably-token-request", "request-status");
  at("request").textContent = JSON.stringify(JSON.parse(request.text), null, 2);
  at("connect").disabled = false;
}

function loadAblyJs() {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = ABLY_JS;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${ABLY_JS} cannot be loaded`));
    document.head.append(script);
  });
}

// ?endpoint=localhost&port=1234 connects to a stand-in for Ably on this machine.
function standIn() {
  const query = new URLSearchParams(location.search);
  return query.has("port")
    ? { endpoint: query.get("endpoint") ?? "localhost", port: Number(query.get("port")), tls: false, useBinaryProtocol: false,
        disableConnectivityCheck: true }
    : {};
}

let client;

async function connect() {
  client?.close();
  at("connection").textContent = "loading ably-js";
  try {
    await (globalThis.Ably ? undefined : loadAblyJs());
  } catch (error) {
    at("connection").textContent = error.message;
    return;
  }
  client = new globalThis.Ably.Realtime({ authUrl: "/api/ably-jwt", authHeaders: { authorization: `Bearer ${session}` }, ...standIn() });
  client.connection.on((change) => {
    at("connection").textContent = change.current + (change.reason ? `: ${change.reason.message}` : "")
      + (change.current === "connected" ? ` as ${client.auth.clientId}` : "");
  });
}

const { users, realKey } = await json("/dev/users");
at("key").textContent = realKey
  ? "Dev mode with your Ably key. For this machine only."
  : "Dev mode with a made-up key: the tokens are real in form, and Ably does not know them. Set ABLY_API_KEY to connect.";
at("users").append(...users.map((user) => {
  const button = document.createElement("button");
  button.innerHTML = "<b></b><small></small>";
  button.firstChild.textContent = user.id;
  button.lastChild.textContent = user.about;
  button.onclick = () => signIn(user, button);
  return button;
}));
at("connect").onclick = connect;
