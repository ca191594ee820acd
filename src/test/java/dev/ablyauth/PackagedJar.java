package dev.ablyauth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The packaged server, started as an operator would.
 */
final class PackagedJar {

	private static final long LONGEST_START_SECONDS = 60;

	private final Path folder;

	PackagedJar(Path folder) {
		this.folder = folder;
	}

	static Path path() {
		return Path.of(System.getProperty("exec.jar")).toAbsolutePath();
	}

	/** Starts it and waits until it ends by itself. */
	Ended run(String... settings) {
		try {
			Path output = Files.createTempFile(this.folder, "output", ".log");
			Process process = start(output, settings);
			if (!process.waitFor(LONGEST_START_SECONDS, TimeUnit.SECONDS)) {
				process.destroyForcibly();
				throw new IllegalStateException("It did not end: " + Files.readString(output));
			}
			return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	Process start(Path output, String... settings) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", path().toString()));
		for (String setting : settings) {
			command.add("--" + setting);
		}
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.environment().keySet().removeIf((name) -> name.startsWith("ABLY") || name.startsWith("SPRING"));
		return builder.start();
	}

	static List<String> serverLines(String output) {
		return output.lines()
			.filter((line) -> !line.isBlank() && !(line.startsWith("WARNING: ")
					&& (line.contains("sun.misc.Unsafe") || line.contains("com.google.protobuf"))))
			.toList();
	}

	/**
	 * How it ended.
	 *
	 * @param exitCode of the process
	 * @param output what it printed
	 */
	record Ended(int exitCode, String output) {

		/** Without what newer JVMs say about protobuf, which CEL brings along. */
		List<String> lines() {
			return serverLines(this.output);
		}
	}

}
