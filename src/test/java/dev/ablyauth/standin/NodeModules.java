package dev.ablyauth.standin;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The folder with Ably's SDKs for the tests: a copy of {@code src/test/node} under
 * {@code target}, installed by {@code npm ci} from its lock file.
 */
public final class NodeModules {

	private static final Path SOURCE = Path.of("src", "test", "node");

	private static final Path TARGET = Path.of("target", "node");

	private static final long LONGEST_INSTALL_MINUTES = 4;

	private NodeModules() {
	}

	/**
	 * The installed folder, installed once per JVM.
	 * @return the folder, or empty when this machine has no node or no npm
	 */
	public static Optional<Path> folder() {
		return Installed.FOLDER;
	}

	/**
	 * The node program.
	 * @return its path, or empty when there is none on the PATH
	 */
	public static Optional<Path> node() {
		return onPath("node");
	}

	private static Optional<Path> onPath(String program) {
		String path = System.getenv().getOrDefault("PATH", "");
		return Stream.of(path.split(File.pathSeparator))
			.filter((folder) -> !folder.isEmpty())
			.flatMap((folder) -> Stream.of(Path.of(folder, program), Path.of(folder, program + ".exe"),
					Path.of(folder, program + ".cmd")))
			.filter((file) -> Files.isRegularFile(file) && Files.isExecutable(file))
			.findFirst();
	}

	private static Path install(Path npm) {
		try {
			Files.createDirectories(TARGET);
			for (Path file : sources()) {
				Files.copy(file, TARGET.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
			}
			Path marker = TARGET.resolve("node_modules").resolve(".installed-lock.json");
			Path lock = TARGET.resolve("package-lock.json");
			if (!Files.exists(marker) || Files.mismatch(marker, lock) >= 0) {
				run(npm);
				Files.copy(lock, marker);
			}
			return TARGET.toAbsolutePath();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<Path> sources() throws IOException {
		try (Stream<Path> files = Files.list(SOURCE)) {
			return files.filter(Files::isRegularFile).toList();
		}
	}

	private static void run(Path npm) throws IOException {
		Path log = TARGET.resolve("npm.log");
		Process process = new ProcessBuilder(npm.toString(), "ci", "--ignore-scripts", "--omit=optional", "--no-audit",
				"--no-fund")
			.directory(TARGET.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			if (!process.waitFor(LONGEST_INSTALL_MINUTES, TimeUnit.MINUTES)) {
				process.destroyForcibly();
			}
			if (process.waitFor() != 0) {
				throw new IllegalStateException("npm ci failed: " + Files.readString(log));
			}
		}
		catch (InterruptedException ex) {
			process.destroyForcibly();
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static final class Installed {

		private static final Optional<Path> FOLDER = node().flatMap((node) -> onPath("npm")).map(NodeModules::install);

		static {
			if (FOLDER.isEmpty() && System.getenv("CI") != null) {
				throw new IllegalStateException("CI needs node and npm");
			}
		}

	}

}
