// Loopback helper for the server under test: /jwks is the key set of the RS256 sessions, /time is what Ably's /time
// would answer, so that the server needs nothing outside this machine.
//
//   PORT=18481 node jwks.mjs

import { createServer } from 'node:http'
import { readFileSync } from 'node:fs'

const jwks = readFileSync(new URL('./out/jwks.json', import.meta.url))
const answers = { '/jwks': () => jwks, '/time': () => JSON.stringify([Date.now()]) }

createServer((req, res) => {
  const answer = answers[req.url.split('?')[0]]
  res.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' })
  res.end(answer ? answer() : '{}')
}).listen(Number(process.env.PORT), '127.0.0.1')
