package dev.ablyauth.cli;

import java.time.Clock;
import java.util.concurrent.Callable;

import dev.ablyauth.ably.Operations;
import dev.ablyauth.policy.Explanation;
import dev.ablyauth.policy.Policy;
import dev.ablyauth.policy.RequestFacts;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code policy explain USER}: what a user gets, by which rules, and why not more. With
 * {@code --policy}, of a file alone; else with the settings of the server, its key too.
 */
@Command(name = "explain",
		description = { "Says what a user gets, which rules give it, and why the others do not apply.",
				"With --policy it needs no settings, and knows nothing of keys.%n" })
final class PolicyExplainCommand implements Callable<Integer> {

	private final Console console;

	private final Clock clock;

	private final Rooms.Opener opener;

	@Mixin
	private final UserOptions user = new UserOptions();

	@Mixin
	private final WishOptions wish = new WishOptions();

	@Option(names = "--policy", paramLabel = "FILE", description = "A policy file, instead of the server's settings.")
	private @Nullable String policy;

	@Option(names = "--session", description = "USER is a token of the app, as a client brings it; - reads it from"
			+ " standard input. Needs the server's settings.")
	private boolean session;

	@Mixin
	private final SettingsOptions settings = new SettingsOptions();

	@Mixin
	private final Output output = new Output();

	PolicyExplainCommand(Console console, Clock clock, Rooms.Opener opener) {
		this.console = console;
		this.clock = clock;
		this.opener = opener;
	}

	@Override
	public Integer call() {
		Explanation explanation = explain();
		return this.output.print(ExplanationText.answer(explanation), this.console.out());
	}

	private Explanation explain() {
		RequestFacts request = new RequestFacts("", "", this.clock.instant());
		if (this.policy != null) {
			if (this.session) {
				throw new UnreadableInputException("--session needs the settings of the server, and not --policy.");
			}
			Policy alone = PolicyOptions.read(this.policy, Operations.standard());
			return Explanation.of(alone, this.user.read(alone), this.wish.read(Operations.standard()), request);
		}
		try (Rooms rooms = this.settings.open(this.opener, this.console.err())) {
			return rooms.issuer()
				.explain(
						this.session ? this.user.ofSession(rooms.sessions(), this.console)
								: this.user.read(rooms.policy().current()),
						this.wish.asked(), this.wish.read(rooms.operations()), request);
		}
	}

}
