/**
 * What must hold for years; see bench/README.md.
 */
package dev.ablyauth.faults;
