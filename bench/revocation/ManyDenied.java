package dev.ablyauth.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.ablyauth.TestFiles;
import dev.ablyauth.TestServer;
import dev.ablyauth.revocation.StorePostgres;
import dev.ablyauth.revocation.TestRows;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * What a server with a list of a million costs more than one with an empty list.
 */
final class ManyDenied {

	private static final int USERS = 10_000;

	private final String store;

	private final String[] empty;

	private final String[] full;

	private ManyDenied(String store, String[] empty, String[] full) {
		this.store = store;
		this.empty = empty;
		this.full = full;
	}

	public static void main(String[] arguments) throws Exception {
		Figures.row("store", "denied", "start s, empty", "start s, full", "heap MB, empty", "heap MB, full",
				"RSS MB, empty", "RSS MB, full", "more heap MB (goal 200)", "more start s (goal 5)");
		Figures.row("---", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "---", "---");
		String file = TestFiles.denyList();
		fill(new DriverManagerDataSource(file), "ably-auth.deny-list.url=" + file);
		new ManyDenied("SQLite file", new String[] { "ably-auth.deny-list.url=" + TestFiles.denyList() },
				new String[] { "ably-auth.deny-list.url=" + file })
			.measure(true);
		try (StorePostgres none = new StorePostgres(); StorePostgres postgres = new StorePostgres()) {
			fill(new DriverManagerDataSource(postgres.url(), "postgres", null), StoreSettings.at(postgres.url()));
			new ManyDenied("PostgreSQL", StoreSettings.at(none.url()), StoreSettings.at(postgres.url())).measure(false);
		}
	}

	private static void fill(DriverManagerDataSource database, String... settings) {
		ServerProcess.start(settings).ready().close();
		TestRows.insert(JdbcClient.create(database), 1, Figures.of("MILLION"));
	}

	private void measure(boolean loaded) throws Exception {
		double[] emptyStarts = new double[Figures.of("STARTS")];
		double[] fullStarts = new double[emptyStarts.length];
		start(this.empty).close();
		for (int i = 0; i < emptyStarts.length; i++) {
			emptyStarts[i] = startSeconds(this.empty);
			fullStarts[i] = startSeconds(this.full);
		}
		try (ServerProcess without = start(this.empty); ServerProcess with = start(this.full)) {
			if (with.call().token("user7").status() != 403 || with.call().token("ann").status() != 200) {
				throw new IllegalStateException("the list is not in use");
			}
			Path tokens = tokens();
			List<String> rounds = loaded ? rounds(without, with, tokens) : List.of();
			long[] heap = { LiveHeap.kilobytes(without) / 1024, LiveHeap.kilobytes(with) / 1024 };
			long[] rss = { without.status("VmRSS") / 1024, with.status("VmRSS") / 1024 };
			double more = Figures.median(fullStarts) - Figures.median(emptyStarts);
			Figures.row(this.store, Figures.of("MILLION"), Figures.text(emptyStarts), Figures.text(fullStarts), heap[0],
					heap[1], rss[0], rss[1], heap[1] - heap[0] + ": " + Figures.met(heap[1] - heap[0] < 200),
					"%.1f: %s".formatted(more, Figures.met(more < 5)));
			rounds.forEach(System.out::println);
			Files.delete(tokens);
		}
	}

	private static ServerProcess start(String... settings) {
		return ServerProcess.start(settings).ready();
	}

	private static double startSeconds(String... settings) {
		long begun = System.nanoTime();
		ServerProcess server = start(settings);
		double seconds = (System.nanoTime() - begun) / 1e9;
		server.close();
		return seconds;
	}

	private static String output(String... command) throws IOException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		try (BufferedReader reader = process.inputReader()) {
			return reader.lines().collect(Collectors.joining("\n"));
		}
	}

	private static Path tokens() throws IOException {
		Path file = Files.createTempFile("tokens", ".txt");
		return Files.write(file,
				IntStream.range(0, USERS)
					.mapToObj((i) -> TestServer.session("somebody-" + (100_000 + i),
							Map.of("roles", List.of("member"), "team", "team-" + i % 500)))
					.toList(),
				StandardCharsets.US_ASCII);
	}

	/** One after the other, again and again, so that both meet the same machine. */
	private static List<String> rounds(ServerProcess without, ServerProcess with, Path tokens) throws IOException {
		load(without, tokens, Figures.of("WARMUP"));
		load(with, tokens, Figures.of("WARMUP"));
		int rounds = Figures.of("ROUNDS");
		double[] empty = new double[rounds];
		double[] full = new double[rounds];
		double[] more = new double[rounds];
		for (int i = 0; i < rounds; i++) {
			boolean first = i % 2 == 0;
			double one = load(first ? without : with, tokens, Figures.of("DURATION"));
			double other = load(first ? with : without, tokens, Figures.of("DURATION"));
			empty[i] = first ? one : other;
			full[i] = first ? other : one;
			more[i] = (full[i] / empty[i] - 1) * 100;
		}
		List<String> lines = new ArrayList<>();
		lines.add("");
		lines.add("CPU us per token, %d rounds each: empty list %s, full list %s; more of the same pair in %%: %s."
			.formatted(rounds, Figures.text(empty), Figures.text(full), Figures.text(more)));
		double share = (Figures.median(full) / Figures.median(empty) - 1) * 100;
		lines.add("Medians differ by %.1f %%; goal within 5 %%: %s".formatted(share, Figures.met(share <= 5)));
		lines.add("");
		return lines;
	}

	/** Processor time per token in microseconds. */
	private static double load(ServerProcess server, Path tokens, int seconds) throws IOException {
		long before = ProcessorTime.micros(server);
		String said = output("wrk", "-t2", "-c16", "-d" + seconds + "s", "--timeout", "5s", "-s", "load.lua",
				"http://127.0.0.1:" + server.port() + "/api/ably-jwt", "--", tokens.toString(), "0",
				"Authorization: Bearer ");
		long micros = ProcessorTime.micros(server) - before;
		Matcher matcher = Pattern.compile("BENCH requests=([0-9]+) .* status=0 socket=0 ").matcher(said);
		if (!matcher.find()) {
			throw new IllegalStateException("wrk says: " + said);
		}
		return (double) micros / Long.parseLong(matcher.group(1));
	}

}
