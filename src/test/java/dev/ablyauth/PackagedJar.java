package dev.ablyauth;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

	/** The jar that other apps depend on. */
	static Path plainPath() {
		return Path.of(path().toString().replace("-exec.jar", ".jar"));
	}

	/**
	 * Starts an app of the tests that depends on the plain jar, and not on its classes.
	 */
	Process startApp(String main, Path output, String... settings) throws IOException {
		String tests = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		String classPath = Stream.of(tests.split(File.pathSeparator))
			.filter((entry) -> !Path.of(entry).endsWith("target/classes") && !entry.endsWith("-exec.jar")
					&& !entry.equals(plainPath().toString()))
			.collect(Collectors.joining(File.pathSeparator, plainPath() + File.pathSeparator, ""));
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath, main));
		Stream.of(settings).forEach((setting) -> command.add("--" + setting));
		return builder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
	}

	/** Starts the server and waits until it ends by itself. */
	Ended run(String... settings) {
		return ended((output) -> start(output, settings));
	}

	/** Runs a command. The output is standard output alone. */
	Ended command(String input, String... arguments) {
		return ended((output) -> {
			List<String> command = java();
			command.addAll(List.of(arguments));
			return builder(command).redirectInput(Files.writeString(this.folder.resolve("input"), input).toFile())
				.redirectError(this.folder.resolve("errors.log").toFile())
				.redirectOutput(output.toFile())
				.start();
		});
	}

	private Ended ended(Start start) {
		try {
			Path output = Files.createTempFile(this.folder, "output", ".log");
			Process process = start.with(output);
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
		List<String> command = java();
		for (String setting : settings) {
			command.add("--" + setting);
		}
		return builder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
	}

	private static List<String> java() {
		return new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", path().toString()));
	}

	private ProcessBuilder builder(List<String> command) {
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.folder.toFile());
		builder.environment().keySet().removeIf((name) -> name.startsWith("ABLY") || name.startsWith("SPRING"));
		return builder;
	}

	static List<String> serverLines(String output) {
		return output.lines()
			.filter((line) -> !line.isBlank() && !(line.startsWith("WARNING: ")
					&& (line.contains("sun.misc.Unsafe") || line.contains("com.google.protobuf"))))
			.toList();
	}

	/** Starts a process that writes to a file. */
	@FunctionalInterface
	private interface Start {

		Process with(Path output) throws IOException;

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
