/**
 * Who is asking: every kind of app session ends as one AppUser.
 */
@NullMarked
package dev.ablyauth.session;

import org.jspecify.annotations.NullMarked;
