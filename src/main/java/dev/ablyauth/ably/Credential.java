package dev.ablyauth.ably;

/**
 * What a client connects to Ably with.
 */
public sealed interface Credential permits AblyJwt, TokenRequest, AblyToken {

}
