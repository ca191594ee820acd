package dev.ablyauth.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import dev.ablyauth.ably.Refused;
import dev.ablyauth.revocation.Denial;
import dev.ablyauth.revocation.DenialExport;
import dev.ablyauth.revocation.DenialId;
import dev.ablyauth.revocation.DenialSearch;
import dev.ablyauth.revocation.Target;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code denied}: who is kept out, the newest first.
 */
@Command(name = "denied",
		description = { "Shows who is denied, the newest first, as in: denied, or: denied userId ann --all%n" })
final class DeniedCommand implements Callable<Integer> {

	private static final int MOST = 1000;

	private static final int USUAL = 100;

	private final Console console;

	private final Clock clock;

	private final Rooms.Opener opener;

	@Mixin
	private final TargetOptions.Any target = new TargetOptions.Any();

	@Option(names = "--by", paramLabel = "AUTHOR", description = "Only what this author denied.")
	private @Nullable String author;

	@Option(names = "--all", description = "Those that are over too.")
	private boolean all;

	@Option(names = "--limit", paramLabel = "NUMBER", description = "How many at most, 1 to 1000; 100 without it.")
	private @Nullable Integer limit;

	@Option(names = "--after", paramLabel = "ID", description = "The last one that was shown before.")
	private @Nullable String after;

	@Option(names = "--export",
			description = "All of them, those that are over too, the oldest first: one JSON object on"
					+ " each line, and a last line that says that it is complete.")
	private boolean export;

	@Option(names = "--active", description = "With --export, only those that are not over.")
	private boolean active;

	@Mixin
	private final SettingsOptions settings = new SettingsOptions();

	@Mixin
	private final Output output = new Output();

	DeniedCommand(Console console, Clock clock, Rooms.Opener opener) {
		this.console = console;
		this.clock = clock;
		this.opener = opener;
	}

	@Override
	public Integer call() {
		DenialSearch search = UnreadableInputException.reading("", this::search);
		try (Rooms rooms = this.settings.openWithList(this.opener)) {
			return this.export ? export(rooms, search) : this.output.print(answer(rooms, search), this.console.out());
		}
	}

	/** Without the last line, and with another exit code, it is not complete. */
	private int export(Rooms rooms, DenialSearch search) {
		PrintWriter out = this.console.out();
		try {
			DenialExport denials = rooms.denials().export(search);
			List<Map<String, Object>> lines = denials.next();
			while (!lines.isEmpty() && !out.checkError()) {
				lines.forEach((line) -> out.println(Output.line(line)));
				lines = denials.next();
			}
			return out.checkError() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
		}
		catch (Refused refused) {
			Answer answer = Answer.refused(refused, rooms.denyListFile());
			this.console.err().println(answer.text());
			return answer.exitCode();
		}
	}

	private DenialSearch search() {
		if (this.export && (this.limit != null || this.after != null || this.all)) {
			throw new IllegalArgumentException("--export: is of all, and has no --limit, --after or --all");
		}
		int most = (this.limit != null) ? this.limit : USUAL;
		if (most < 1 || most > MOST) {
			throw new IllegalArgumentException("--limit: must be 1 to " + MOST);
		}
		Target named = this.target.read();
		return new DenialSearch(this.target.kind(), (named != null) ? named.value() : null, this.author,
				this.export ? !this.active : this.all, (this.after != null) ? DenialId.parse(this.after) : null, most);
	}

	private Answer answer(Rooms rooms, DenialSearch search) {
		try {
			List<Denial> found = rooms.denials().search(search);
			String text = found.isEmpty() ? "Nobody."
					: found.stream().map(DeniedCommand::line).collect(Collectors.joining("\n"));
			return new Answer(true, Printable.lines(text),
					Map.of("denials", found.stream().map((denial) -> denial.members(this.clock.instant())).toList()));
		}
		catch (Refused refused) {
			return Answer.refused(refused, rooms.denyListFile());
		}
	}

	/** A denial in one line. */
	static String line(Denial denial) {
		String until = (denial.until() != null) ? " until " + denial.until() : "";
		String ended = (denial.ended() != null) ? ", ended " + denial.ended() + " by " + denial.endedBy() : "";
		return denial.id() + "  " + denial.target() + until + "  (" + denial.reason() + ")  " + denial.created()
				+ " by " + denial.author() + ended;
	}

}
