// Users of a session service that is away: 20 opaque tokens and 20 cookies in a second, each a new one, until it is ended, and
// five minutes at most. Writes what they were told to out/dead.json.
//
//   node strangers.mjs URL

import { writeFileSync } from 'node:fs'

const EACH_MS = 50
const MOST_MS = 5 * 60_000
const [url] = process.argv.slice(2)
const statuses = {}
const times = []
const waiting = new Set()

async function ask(headers) {
  const began = performance.now()
  let status = 'no answer'
  try {
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) })
    await answer.text()
    status = answer.status
  } catch {
    // Counted as no answer.
  }
  statuses[status] = (statuses[status] ?? 0) + 1
  times.push(performance.now() - began)
}

function send(headers) {
  const asked = ask(headers).finally(() => waiting.delete(asked))
  waiting.add(asked)
}

let number = 0
const timer = setInterval(() => {
  number++
  send({ authorization: `Bearer stranger-${number}` })
  send({ cookie: `sid=stranger-${number}` })
}, EACH_MS)

async function end() {
  clearInterval(timer)
  await Promise.all(waiting)
  times.sort((a, b) => a - b)
  const at = share => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))])
  writeFileSync(new URL('./out/dead.json', import.meta.url), JSON.stringify({
    requests: times.length, statuses, p50_ms: at(0.5), p99_ms: at(0.99), slowest_ms: at(1),
  }))
  process.exit(0)
}

process.on('SIGTERM', end)
setTimeout(end, MOST_MS)
