/**
 * Tests of the deny-list, against real files and real PostgreSQL.
 */
@NullMarked
package dev.ablyauth.revocation;

import org.jspecify.annotations.NullMarked;
