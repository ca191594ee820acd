/**
 * The command line: it reads, asks the rooms, and answers on standard output.
 */
@NullMarked
package dev.ablyauth.cli;

import org.jspecify.annotations.NullMarked;
