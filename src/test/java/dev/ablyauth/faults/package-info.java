/**
 * What goes wrong around whole processes of the server: its store, its network and its
 * disk, and the processes themselves.
 */
@NullMarked
package dev.ablyauth.faults;

import org.jspecify.annotations.NullMarked;
