// GET /api/ably-jwt with Fastify and fast-jwt.
// With PROCESSES greater than 1, so many share the port, by Node's own cluster.
// fast-jwt's cache of verified tokens stays off (its default): real clients come once per hour, not every second.

import cluster from 'node:cluster'
import { randomBytes } from 'node:crypto'
import Fastify from 'fastify'
import { createSigner, createVerifier } from 'fast-jwt'
import { bearerOf, capabilityFor, settings, TTL_SECONDS, UNAUTHORIZED } from './job.mjs'

const { port, alg, issuer, audience, sessionKey, keyName, keySecret } = settings()
const verify = createVerifier({
  key: sessionKey,
  algorithms: [alg],
  allowedIss: issuer,
  allowedAud: audience,
  requiredClaims: ['exp', 'iss', 'aud', 'sub'],
})
const sign = createSigner({ key: keySecret, algorithm: 'HS256', kid: keyName, expiresIn: TTL_SECONDS * 1000 })

function sessionOf(request) {
  try {
    const claims = verify(bearerOf(request.headers.authorization))
    return claims.roles?.includes('member') ? claims : null
  } catch {
    return null
  }
}

const app = Fastify()

app.get('/api/ably-jwt', (request, reply) => {
  reply.header('cache-control', 'no-store')
  const user = sessionOf(request)
  if (!user) return reply.code(401).send(UNAUTHORIZED)
  const token = sign({
    'x-ably-capability': capabilityFor(user.sub, user.team),
    'x-ably-clientId': user.sub,
    jti: randomBytes(16).toString('base64url'),
  })
  return reply.type('application/jwt').send(token)
})

const processes = Number(process.env.PROCESSES ?? 1)
if (cluster.isPrimary && processes > 1) {
  for (let i = 0; i < processes; i++) cluster.fork()
  process.on('SIGTERM', () => {
    for (const worker of Object.values(cluster.workers)) worker.process.kill('SIGTERM')
    cluster.disconnect()
  })
} else {
  await app.listen({ port, host: '127.0.0.1' })
  process.on('SIGTERM', () => { app.server.closeAllConnections(); app.close(); cluster.worker?.disconnect() })
}
