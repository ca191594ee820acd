/**
 * Who is kept out: the deny-list, a copy of it in memory, and the store that makes it
 * last.
 */
@NullMarked
package dev.ablyauth.revocation;

import org.jspecify.annotations.NullMarked;
