const at = (id) => document.getElementById(id);
const { authServer, people, options } = await (await fetch("/settings")).json();
let client;

// The cookie of the app goes along, and the server asks the app whose it is.
async function authCallback(tokenParams, callback) {
  try {
    const answer = await fetch(`${authServer}/api/ably-jwt`, { credentials: "include" });
    if (answer.ok) {
      const jwt = await answer.text();
      at("capability").textContent = JSON.parse(atob(jwt.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")))["x-ably-capability"];
      callback(null, jwt);
      return;
    }
    const { error } = await answer.json();
    at("capability").textContent = `${error.statusCode} ${error.message}`;
    callback(new Ably.ErrorInfo(error.message, error.code, error.statusCode), null);
  } catch (error) {
    callback(String(error), null);
  }
}

async function signIn(name) {
  client?.close();
  at("capability").textContent = "";
  at("messages").replaceChildren();
  const user = await (await fetch("/login", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name }),
  })).json();
  client = new Ably.Realtime({ authCallback, ...options });
  client.connection.on((change) => {
    at("connection").value = `${user.id}: ${change.current}${change.reason ? `, ${change.reason.message}` : ""}`;
    at("form").hidden = change.current !== "connected";
  });
  const channel = client.channels.get(`team:${user.team}:demo`);
  channel.subscribe(({ clientId, data }) => {
    const line = document.createElement("li");
    line.textContent = `${clientId}: ${data}`;
    at("messages").append(line);
  }).catch((error) => console.warn(error.message));
  at("form").onsubmit = (event) => {
    event.preventDefault();
    channel.publish("message", at("text").value);
    at("text").value = "";
  };
}

at("people").append(...people.map((name) => {
  const button = document.createElement("button");
  button.textContent = name;
  button.onclick = () => signIn(name);
  return button;
}));
