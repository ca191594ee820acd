// An app that signs its users in by itself. It knows nothing of Ably but the address of ably-auth-server.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { RedisStore } from "connect-redis";
import express from "express";
import session from "express-session";
import { createClient } from "redis";

// Anybody can sign in as one of these. An app of yours has a real login here.
const people = {
  ann: { id: "ann", roles: ["member"], team: "red" },
  bob: { id: "bob", roles: ["member"], team: "blue" },
  eve: { id: "eve", roles: ["member"], team: "red", suspended: true },
};

const redis = createClient({ url: process.env.REDIS_URL });
redis.on("error", (error) => console.error(`redis: ${error.message}`));
await redis.connect();

const app = express();
app.disable("x-powered-by");
app.use(express.static(join(import.meta.dirname, "public")));
app.get("/ably.js", (request, response) => {
  response.sendFile(join(dirname(createRequire(import.meta.url).resolve("ably")), "ably.min.js"));
});
app.get("/settings", (request, response) => {
  // ABLY_OPTIONS: options of ably-js, as JSON, where the page is to connect to something else than Ably.
  const options = JSON.parse(process.env.ABLY_OPTIONS ?? "{}");
  response.json({ authServer: process.env.AUTH_SERVER, people: Object.keys(people), options });
});

app.use(session({
  name: "demo.sid",
  secret: readFileSync(process.env.SESSION_SECRET_FILE, "utf8").trim(),
  store: new RedisStore({ client: redis }),
  resave: false,
  saveUninitialized: false,
  cookie: { maxAge: 30 * 60 * 1000, httpOnly: true, sameSite: "lax" },
}));

app.post("/login", express.json(), (request, response, next) => {
  const user = Object.hasOwn(people, request.body?.name) ? people[request.body.name] : undefined;
  if (!user) {
    response.sendStatus(401);
    return;
  }
  request.session.regenerate((error) => {
    if (error) {
      next(error);
      return;
    }
    request.session.user = user;
    response.json(user);
  });
});

app.post("/logout", (request, response, next) => {
  request.session.destroy((error) => (error ? next(error) : response.sendStatus(204)));
});

// ably-auth-server asks this, with the cookie of the user: who is it?
app.get("/api/me", (request, response) => {
  const { user, cookie } = request.session;
  if (!user) {
    response.sendStatus(401);
    return;
  }
  response.json({ ...user, expires: cookie.expires });
});

const server = app.listen(process.env.PORT ?? 3000, process.env.HOST ?? "0.0.0.0");
process.on("SIGTERM", () => {
  server.close(() => redis.destroy());
  server.closeIdleConnections();
});
