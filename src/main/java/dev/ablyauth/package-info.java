/**
 * The server: its start, its settings, and the wiring of the rooms.
 */
@NullMarked
package dev.ablyauth;

import org.jspecify.annotations.NullMarked;
