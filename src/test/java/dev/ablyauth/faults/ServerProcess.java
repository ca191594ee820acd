package dev.ablyauth.faults;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.ablyauth.AuthServerApplication;
import dev.ablyauth.TestServer;
import dev.ablyauth.web.AdminTokens;

/**
 * The real server in a process of its own, on a free port of the loopback: from the class
 * path of the tests without the tests, or the jar that {@code -Dfaults.jar} names; with
 * the options of the JVM in {@code -Dfaults.jvm}.
 */
final class ServerProcess implements AutoCloseable {

	private static final Duration LONGEST_START = Duration.ofMinutes(3);

	private static final Pattern STARTED = Pattern.compile("Tomcat started on port ([0-9]+)");

	/** So that it starts soon and leaves room for others. */
	private static final String JVM = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss512k -Xmx192m"
			+ " --enable-native-access=ALL-UNNAMED";

	private static final List<String> OPTIONS = List.of(System.getProperty("faults.jvm", JVM).split(" ", -1));

	private final Way way;

	private final String[] settings;

	private final Process process;

	private final Path output;

	private final int port;

	private final Caller caller;

	private ServerProcess(Way way, String... settings) {
		this.way = way;
		this.settings = settings.clone();
		try {
			this.output = Files.createTempFile("server", ".log");
			this.process = launch(way, this.output, settings);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.port = awaitPort();
		this.caller = new Caller(this.port);
	}

	/**
	 * Starts it with the settings of {@link TestServer}, an admin token and more, and
	 * returns when it listens.
	 */
	static ServerProcess start(String... settings) {
		return startWith(TestServer.POLICY, settings);
	}

	/** Starts it with a policy of its own. */
	static ServerProcess startWith(String policy, String... settings) {
		return new ServerProcess(Way.USUAL, TestServer.arguments(policy, AdminTokens.settings(settings)));
	}

	/** Starts it in another way. */
	static ServerProcess start(Way way, String... settings) {
		return new ServerProcess(way, TestServer.arguments(TestServer.POLICY, AdminTokens.settings(settings)));
	}

	/** Starts it with more variables of the environment, such as {@code LD_PRELOAD}. */
	static ServerProcess startIn(Map<String, String> environment, String... settings) {
		return start(new Way(List.of(), List.of(), environment), settings);
	}

	/** Starts it, and returns when it has ended by itself. */
	static Ended run(Way way, String... settings) {
		try {
			Path output = Files.createTempFile("server", ".log");
			long begun = System.nanoTime();
			Process process = launch(way, output,
					TestServer.arguments(TestServer.POLICY, AdminTokens.settings(settings)));
			int code = exitCode(process, LONGEST_START);
			Duration after = Duration.ofNanos(System.nanoTime() - begun);
			String said = Files.readString(output);
			Files.delete(output);
			return new Ended(code, said, after);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Starts another one with the same settings. */
	ServerProcess again() {
		return new ServerProcess(this.way, this.settings);
	}

	private static Process launch(Way way, Path output, String... settings) throws IOException {
		List<String> command = new ArrayList<>(way.under());
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(OPTIONS);
		command.addAll(way.jvm());
		String jar = System.getProperty("faults.jar", "");
		command.addAll(jar.isEmpty() ? List.of("-cp", classPath(), AuthServerApplication.class.getName())
				: List.of("-jar", jar));
		command.addAll(List.of(settings));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
		builder.environment()
			.keySet()
			.removeIf((name) -> name.startsWith("ABLY") || name.startsWith("SPRING") || name.endsWith("JAVA_OPTIONS")
					|| name.endsWith("TOOL_OPTIONS"));
		builder.environment().putAll(way.environment());
		return builder.start();
	}

	/** How many files the code of the server is made of. */
	static int jars() {
		return System.getProperty("faults.jar", "").isEmpty() ? classPath().split(File.pathSeparator, -1).length : 1;
	}

	/** Without the tests, whose logback-test.xml is not for a server. */
	private static String classPath() {
		String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		return Stream.of(all.split(File.pathSeparator, -1))
			.filter((entry) -> !Path.of(entry).endsWith("test-classes"))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private int awaitPort() {
		long begun = System.nanoTime();
		while (this.process.isAlive() && System.nanoTime() - begun < LONGEST_START.toNanos()) {
			Matcher matcher = STARTED.matcher(output());
			if (matcher.find()) {
				return Integer.parseInt(matcher.group(1));
			}
			Eventually.pause(20);
		}
		String said = output();
		kill();
		throw new IllegalStateException("It did not start: " + said);
	}

	/** Returns when it answers so. */
	Duration await(String path, int status, Duration longest) {
		return Eventually.is(longest, () -> this.caller.get(path).status() == status,
				() -> path + " says " + this.caller.get(path) + "\n" + output());
	}

	ServerProcess ready() {
		await("/readyz", 200, LONGEST_START);
		return this;
	}

	int port() {
		return this.port;
	}

	/** Calls it at the port for operators, where it has one. */
	Caller callManagement() {
		Eventually.is(LONGEST_START, () -> STARTED.matcher(output()).results().count() == 2, this::output);
		return STARTED.matcher(output())
			.results()
			.skip(1)
			.map((started) -> new Caller(Integer.parseInt(started.group(1))))
			.findFirst()
			.orElseThrow();
	}

	Caller call() {
		return this.caller;
	}

	/** What it printed until now. */
	String output() {
		try {
			return Files.readString(this.output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What the system knows of it, such as {@code Threads} and {@code VmRSS}. */
	long status(String name) {
		try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid() + "/status"))) {
			String line = lines.filter((each) -> each.startsWith(name + ":")).findFirst().orElseThrow();
			return Long.parseLong(line.replaceAll("[^0-9]", ""));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/** Returns when it has ended by itself. */
	int exitCode(Duration longest) {
		return exitCode(this.process, longest);
	}

	private static int exitCode(Process process, Duration longest) {
		try {
			if (!process.waitFor(longest.toSeconds(), TimeUnit.SECONDS)) {
				process.destroyForcibly();
				throw new AssertionError("It did not end within " + longest);
			}
			return process.exitValue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	long pid() {
		return this.process.pid();
	}

	/** Sends it a signal, such as {@code STOP}. */
	void signal(String name) {
		try {
			new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Ends it with SIGTERM, and returns when it is gone.
	 * @return its exit code
	 */
	int terminate() {
		this.process.destroy();
		return exitCode(LONGEST_START);
	}

	/** Kills it with SIGKILL, and returns when it is gone. */
	void kill() {
		this.process.destroyForcibly();
		try {
			if (!this.process.waitFor(LONGEST_START.toSeconds(), TimeUnit.SECONDS)) {
				throw new IllegalStateException("It does not die");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		kill();
		try {
			Files.deleteIfExists(this.output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * How it is started.
	 *
	 * @param under what starts it with less than this process has, such as
	 * {@code prlimit}; or nothing
	 * @param jvm options of the JVM, which win over the usual ones
	 * @param environment more variables
	 */
	record Way(List<String> under, List<String> jvm, Map<String, String> environment) {

		static final Way USUAL = new Way(List.of(), List.of(), Map.of());

		static Way under(String... command) {
			return new Way(List.of(command), List.of(), Map.of());
		}

		static Way jvm(String... options) {
			return new Way(List.of(), List.of(options), Map.of());
		}

	}

	/**
	 * What became of one that ended by itself.
	 *
	 * @param code its exit code
	 * @param output all that it printed
	 * @param after how long it ran
	 */
	record Ended(int code, String output, Duration after) {
	}

}
