/**
 * How fast a server is from its first request on; see bench/README.md.
 */
package dev.ablyauth.faults;
