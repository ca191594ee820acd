package dev.ablyauth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who may read and write a file. Where the system knows no such thing, nothing is said.
 */
final class Modes {

	private Modes() {
	}

	/** Of a file that nobody but its owner has to read, not even a group. */
	static Optional<Symptom> ofOwner(Path file) {
		return of(file, EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ),
				"others than its owner can read it");
	}

	static Optional<Symptom> of(Path file, boolean secret) {
		return of(file,
				secret ? EnumSet.of(PosixFilePermission.OTHERS_READ) : EnumSet.noneOf(PosixFilePermission.class),
				"everybody on this machine can read it");
	}

	private static Optional<Symptom> of(Path file, Set<PosixFilePermission> tooMuch, String warning) {
		try {
			Set<PosixFilePermission> modes = Files.getPosixFilePermissions(file);
			String message = file + ", " + PosixFilePermissions.toString(modes);
			if (modes.contains(PosixFilePermission.OTHERS_WRITE) || modes.contains(PosixFilePermission.GROUP_WRITE)) {
				return Optional.of(Symptom.problem("file", message + ": others than its owner can change it"));
			}
			return Optional.of(Collections.disjoint(modes, tooMuch) ? Symptom.ok("file", message)
					: Symptom.warning("file", message + ": " + warning));
		}
		catch (IOException | UnsupportedOperationException ex) {
			return Optional.empty();
		}
	}

}
