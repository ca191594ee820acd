/**
 * What denials and revocations cost and how soon they work; see bench/README.md.
 */
package dev.ablyauth.faults;
