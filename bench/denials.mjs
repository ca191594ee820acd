// Denies users who are nobody of the benchmark, until so many are denied.
//
//   node denials.mjs SERVER_ADDRESS COUNT < admin token

import { readFileSync } from 'node:fs'

const [address, count] = [process.argv[2], Number(process.argv[3])]
const admin = readFileSync(0, 'utf8').trim()
let next = 0

async function denyOneAfterTheOther() {
  while (next < count) {
    const response = await fetch(`${address}/admin/denials`, {
      method: 'POST',
      headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' },
      body: JSON.stringify({ target: { userId: `stranger-${next++}` }, reason: 'benchmark' }),
    })
    if (response.status !== 201) throw new Error(`a denial was answered with ${response.status}: ${await response.text()}`)
    await response.arrayBuffer()
  }
}

await Promise.all(Array.from({ length: 2 }, denyOneAfterTheOther))
console.error(`denials: ${count} users are denied`)
