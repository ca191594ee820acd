// Loopback helper for the server under test: /jwks is the key set of the RS256 sessions, /introspect knows the opaque tokens,
// /me is what an app would say of whoever has the cookie, /silent never answers, and /time is what Ably's /time would answer, so
// that the server needs nothing outside this machine.
//
//   PORT=18481 node jwks.mjs

import { createServer } from 'node:http'
import { readFileSync } from 'node:fs'
import { userOf } from './peers/job.mjs'

const read = name => readFileSync(new URL(`./out/${name}`, import.meta.url), 'utf8')
const jwks = read('jwks.json')
const usersBy = name => new Map(read(name).trimEnd().split('\n').map((token, user) => [token, userOf(user)]))
const tokens = usersBy('opaque.txt')
const cookies = usersBy('cookie.txt')
const unusable = { expired: { active: true, sub: 'x', exp: 1 }, 'no-user': { active: true } }

async function introspect(req) {
  let form = ''
  for await (const part of req) form += part
  const token = new URLSearchParams(form).get('token')
  const user = tokens.get(token)
  const { sub, ...claims } = user ?? {}
  return user ? { active: true, sub, ...claims, exp: Math.floor(Date.now() / 1000) + 7200 } : unusable[token] ?? { active: false }
}

function me(req) {
  const { sub, ...claims } = cookies.get((req.headers.cookie ?? '').replace(/^sid=/, '')) ?? {}
  return sub ? { id: sub, ...claims } : {}
}

const answers = { '/jwks': () => jwks, '/time': () => [Date.now()], '/introspect': introspect, '/me': me, '/silent': () => new Promise(() => {}) }

createServer(async (req, res) => {
  const answer = await answers[req.url.split('?')[0]]?.(req)
  res.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' })
  res.end(typeof answer === 'string' ? answer : JSON.stringify(answer ?? {}))
}).listen(Number(process.env.PORT), '127.0.0.1')
