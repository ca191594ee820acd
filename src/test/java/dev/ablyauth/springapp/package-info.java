/**
 * Real Spring apps with a login, which keep their sessions in Redis or in PostgreSQL.
 */
@NullMarked
package dev.ablyauth.springapp;

import org.jspecify.annotations.NullMarked;
