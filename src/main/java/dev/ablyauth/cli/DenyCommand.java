package dev.ablyauth.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

import dev.ablyauth.ably.Refused;
import dev.ablyauth.revocation.Denial;
import dev.ablyauth.revocation.DenialWish;
import dev.ablyauth.revocation.RevocationState;
import dev.ablyauth.revocation.Revocations;
import dev.ablyauth.revocation.Target;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code deny KIND VALUE}: keeps somebody out, on every instance that uses the same
 * database.
 */
@Command(name = "deny", description = { "Keeps somebody out until allowed again, as in: deny userId ann --reason spam",
		"It is in the database when the command ends, and all instances know within a second.%n" })
final class DenyCommand implements Callable<Integer> {

	/** Without one, a number would be milliseconds, which nobody means. */
	private static final Pattern UNIT = Pattern.compile("[A-Za-z]");

	private final Console console;

	private final Clock clock;

	private final Rooms.Opener opener;

	@Mixin
	private final TargetOptions target = new TargetOptions();

	@Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, for other admins.")
	private String reason = "";

	@Option(names = "--for", paramLabel = "DURATION", description = "Until then it ends by itself, such as 30m or 7d.")
	private @Nullable String duration;

	@Option(names = "--until", paramLabel = "TIME", description = "Or at this time, such as 2030-01-01T00:00:00Z.")
	private @Nullable String until;

	@Option(names = "--revoke", description = "Has tokens that are out revoked at Ably too.")
	private boolean revoke;

	@Option(names = "--client-id", paramLabel = "CLIENTID",
			description = "With --revoke, whose tokens too, where a user's clientId cannot be told from the id; may be"
					+ " repeated.")
	private List<String> clientIds = List.of();

	@Mixin
	private final AuthorOptions author = new AuthorOptions();

	@Mixin
	private final SettingsOptions settings = new SettingsOptions();

	@Mixin
	private final Output output = new Output();

	DenyCommand(Console console, Clock clock, Rooms.Opener opener) {
		this.console = console;
		this.clock = clock;
		this.opener = opener;
	}

	@Override
	public Integer call() {
		DenialWish wish = UnreadableInputException.reading("",
				() -> new DenialWish(this.target.read(), this.reason, this.author.name(), end()));
		List<Target> more = clientIds();
		try (Rooms rooms = this.settings.openWithList(this.opener)) {
			return this.output.print(answer(rooms, wish, more), this.console.out());
		}
	}

	private List<Target> clientIds() {
		if (!this.revoke && !this.clientIds.isEmpty()) {
			throw new UnreadableInputException("--client-id: has no effect without --revoke.");
		}
		return UnreadableInputException.reading("--client-id: ",
				() -> this.clientIds.stream().map((value) -> new Target(Target.Kind.CLIENT_ID, value)).toList());
	}

	private @Nullable Instant end() {
		if (this.duration != null && this.until != null) {
			throw new IllegalArgumentException("--for and --until: expected one of them");
		}
		try {
			if (this.duration != null) {
				if (!UNIT.matcher(this.duration).find()) {
					throw new IllegalArgumentException("--for: needs a unit, such as 30m or 7d");
				}
				Duration life = DurationStyle.detectAndParse(this.duration);
				return this.clock.instant().plus(life);
			}
			return (this.until != null) ? Instant.parse(this.until) : null;
		}
		catch (DateTimeParseException | ArithmeticException ex) {
			throw new IllegalArgumentException("--until: must be a time such as 2030-01-01T00:00:00Z", ex);
		}
	}

	private Answer answer(Rooms rooms, DenialWish wish, List<Target> more) {
		if (this.revoke) {
			RevocationText.learnTime(rooms, this.console);
		}
		try {
			return this.revoke ? revoked(rooms.revocations().deny(wish, more, null))
					: denied(rooms, rooms.denials().deny(wish, null));
		}
		catch (Refused refused) {
			return Answer.refused(refused, rooms.denyListFile());
		}
	}

	private Answer revoked(Revocations.Denied denied) {
		RevocationState state = Objects.requireNonNull(denied.revocation());
		Map<String, Object> json = new LinkedHashMap<>(denied.denial().members(this.clock.instant()));
		json.put("revocation", state.members());
		return new Answer(true, Printable.lines(text(denied.denial()) + "\n" + RevocationText.text(state)), json);
	}

	private static String text(Denial denial) {
		String end = (denial.until() != null) ? " until " + denial.until() : "";
		return "Denied " + denial.target() + end + ". To allow again: allow " + denial.id();
	}

	private Answer denied(Rooms rooms, Denial denial) {
		Instant last = rooms.revocations().tokensEndBy(denial);
		Map<String, Object> json = new LinkedHashMap<>(denial.members(this.clock.instant()));
		json.put("tokensEndBy", last.toString());
		return new Answer(true,
				Printable.lines(
						text(denial) + "\nTokens that are out are good until they expire, at most until " + last + "."),
				json);
	}

}
