// Reads out/rounds.tsv (one line per subject and round) and prints the table.

import { existsSync, readFileSync } from 'node:fs'

const [header, ...lines] = readFileSync(new URL('./out/rounds.tsv', import.meta.url), 'utf8').trimEnd().split('\n')
const names = header.split('\t')
const rounds = lines.map(line => Object.fromEntries(line.split('\t').map((value, i) =>
  [names[i], names[i] === 'subject' ? value : Number(value)])))

function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

const subjects = [...new Set(rounds.map(round => round.subject))].map(subject => {
  const own = rounds.filter(round => round.subject === subject)
  const cpu = own.map(round => round.cpu_us / round.requests)
  const of = pick => median(own.map(pick))
  return {
    subject,
    cpu: median(cpu),
    cpuRange: `${Math.min(...cpu).toFixed(1)} to ${Math.max(...cpu).toFixed(1)}`,
    rate: of(round => round.requests / (round.duration_us / 1e6)),
    cores: of(round => round.cpu_us / round.duration_us),
    p50: of(round => round.p50_us) / 1000,
    p99: of(round => round.p99_us) / 1000,
    errors: own.reduce((sum, round) => sum + round.status + round.socket, 0),
    rss: of(round => round.rss_kb) / 1024,
    peak: Math.max(...own.map(round => round.hwm_kb)) / 1024,
    bytes: of(round => round.answer_bytes),
    uses: Math.max(...own.map(round => round.uses)),
  }
})

console.log('| subject | CPU us per token | lowest to highest round | requests/s | cores used | p50 ms | p99 ms | errors | RSS MB | peak MB | answer bytes | uses of a token |')
console.log('|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|')
for (const s of subjects) {
  console.log(`| ${s.subject} | ${s.cpu.toFixed(1)} | ${s.cpuRange} | ${s.rate.toFixed(0)} | ${s.cores.toFixed(2)} | ${s.p50.toFixed(2)} | ${s.p99.toFixed(2)} | ${s.errors} | ${s.rss.toFixed(0)} | ${s.peak.toFixed(0)} | ${s.bytes} | ${s.uses.toFixed(1)} |`)
}

const by = Object.fromEntries(subjects.map(s => [s.subject, s]))
const goals = []
for (const alg of ['hs256', 'rs256']) {
  const ours = by[`server-${alg}`]
  if (!ours) continue
  for (const name of [`express-${alg}`, `express-keyobject-${alg}`]) {
    if (by[name]) {
      const share = ours.cpu / by[name].cpu
      goals.push(`server-${alg}: ${share.toFixed(2)} of the CPU per token of ${name}; goal 0.50 or less: ${share <= 0.5 ? 'met' : 'missed'}`)
    }
  }
  goals.push(`server-${alg}: ${ours.peak.toFixed(0)} MB resident at the highest; goal under 300: ${ours.peak < 300 ? 'met' : 'missed'}`)
}
const hs = by['server-hs256']
if (hs && by.tomcat) {
  const times = hs.cpu / by.tomcat.cpu
  goals.push(`server-hs256: ${times.toFixed(2)} times the CPU of tomcat; goal 1.60 or less: ${times <= 1.6 ? 'met' : 'missed'}`)
}
if (hs && by['fastify-hs256']) {
  const share = hs.cpu / by['fastify-hs256'].cpu
  goals.push(`server-hs256: ${share.toFixed(2)} of the CPU per token of fastify-hs256; goal under 0.60: ${share < 0.6 ? 'met' : 'missed'}`)
}
for (const name of ['fastify-hs256', 'fastify-cluster-hs256']) {
  if (hs && by[name]) {
    goals.push(`server-hs256: ${hs.rate.toFixed(0)} requests/s, ${name} ${by[name].rate.toFixed(0)}; goal more: ${hs.rate > by[name].rate ? 'met' : 'missed'}`)
  }
}
for (const kind of ['introspection', 'forward']) {
  const [ours, jwt] = [by[`server-${kind}`], by['server-hs256']]
  if (ours && jwt) {
    const share = ours.cpu / jwt.cpu
    goals.push(`server-${kind}: ${share.toFixed(2)} of the CPU per token of server-hs256; goal 1.30 or less: ${share <= 1.3 ? 'met' : 'missed'}`)
  }
}
const dead = new URL('./out/dead.json', import.meta.url)
if (existsSync(dead)) {
  const told = JSON.parse(readFileSync(dead, 'utf8'))
  const only503 = Object.keys(told.statuses).join() === '503'
  goals.push(`users of a dead session service: ${told.requests} requests, ${JSON.stringify(told.statuses)}, p50 ${told.p50_ms} ms, slowest ${told.slowest_ms} ms; ` +
    `goal 503 within 2500 ms: ${only503 && told.slowest_ms <= 2500 ? 'met' : 'missed'}`)
  if (by['server-dead'] && by['server-hs256']) {
    goals.push(`server-dead: ${(by['server-dead'].cpu / by['server-hs256'].cpu).toFixed(2)} of the CPU per token of server-hs256, the users of the dead service included; ` +
      `p99 ${by['server-dead'].p99.toFixed(2)} ms against ${by['server-hs256'].p99.toFixed(2)} ms`)
  }
}
if (goals.length) console.log('\n' + goals.map(goal => `- ${goal}`).join('\n'))
const failed = subjects.filter(s => s.errors)
if (failed.length) console.log(`\nDo not use the figures of: ${failed.map(s => s.subject).join(', ')} (requests failed).`)
