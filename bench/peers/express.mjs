// GET /api/ably-jwt with Express and jsonwebtoken.
// ETag and X-Powered-By are off: a token is never revalidated, so both would only cost the peer time.

import { createPublicKey, createSecretKey, randomBytes } from 'node:crypto'
import express from 'express'
import jwt from 'jsonwebtoken'
import { bearerOf, capabilityFor, settings, TTL_SECONDS, UNAUTHORIZED } from './job.mjs'

const { port, alg, issuer, audience, sessionKey, keyName, keySecret } = settings()
// KEYS=string: as jsonwebtoken's own README shows it. KEYS=keyobject: parsed once, which few do and which is much faster.
const parsed = process.env.KEYS === 'keyobject'
const parse = alg === 'HS256' ? createSecretKey : createPublicKey
const verifyKey = parsed ? parse(sessionKey) : sessionKey.toString('utf8')
const signKey = parsed ? createSecretKey(keySecret, 'utf8') : keySecret
const verifyOptions = { algorithms: [alg], issuer, audience }

function sessionOf(req) {
  try {
    const claims = jwt.verify(bearerOf(req.headers.authorization), verifyKey, verifyOptions)
    return claims.exp && claims.sub && claims.roles?.includes('member') ? claims : null
  } catch {
    return null
  }
}

const app = express()
app.disable('x-powered-by')
app.disable('etag')

app.get('/api/ably-jwt', (req, res) => {
  res.set('Cache-Control', 'no-store')
  const user = sessionOf(req)
  if (!user) return res.status(401).json(UNAUTHORIZED)
  const token = jwt.sign(
    { 'x-ably-capability': capabilityFor(user.sub, user.team), 'x-ably-clientId': user.sub },
    signKey,
    { algorithm: 'HS256', keyid: keyName, expiresIn: TTL_SECONDS, jwtid: randomBytes(16).toString('base64url') },
  )
  res.type('application/jwt').send(token)
})

const server = app.listen(port, '127.0.0.1', error => { if (error) throw error })
process.on('SIGTERM', () => { server.close(); server.closeAllConnections() })
