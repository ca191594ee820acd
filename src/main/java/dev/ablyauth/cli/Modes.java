package dev.ablyauth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Who may read and write a file. Where the system knows no such thing, nothing is said.
 */
final class Modes {

	private Modes() {
	}

	static Optional<Symptom> of(Path file, boolean secret) {
		try {
			Set<PosixFilePermission> modes = Files.getPosixFilePermissions(file);
			String message = file + ", " + PosixFilePermissions.toString(modes);
			if (modes.contains(PosixFilePermission.OTHERS_WRITE) || modes.contains(PosixFilePermission.GROUP_WRITE)) {
				return Optional.of(Symptom.problem("file", message + ": others than its owner can change it"));
			}
			return Optional.of(secret && modes.contains(PosixFilePermission.OTHERS_READ)
					? Symptom.warning("file", message + ": everybody on this machine can read it")
					: Symptom.ok("file", message));
		}
		catch (IOException | UnsupportedOperationException ex) {
			return Optional.empty();
		}
	}

}
