package dev.ablyauth.cli;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.TokenRequest;
import dev.ablyauth.issuing.IssuedToken;
import dev.ablyauth.policy.RequestFacts;
import dev.ablyauth.session.AppUser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code mint USER}: a token for a named user, with the server's own settings, as the
 * server would issue it.
 */
@Command(name = "mint",
		description = {
				"Issues a token for a user, with the settings of the server. The policy decides as it always does.",
				"The audit line goes to standard error. Whoever has the token can use it.%n" })
final class MintCommand implements Callable<Integer> {

	private static final JsonMapper JSON = new JsonMapper();

	private final Console console;

	private final Clock clock;

	private final Rooms.Opener opener;

	@Mixin
	private final UserOptions user = new UserOptions();

	@Mixin
	private final WishOptions wish = new WishOptions();

	@Mixin
	private final SettingsOptions settings = new SettingsOptions();

	@Mixin
	private final Output output = new Output();

	MintCommand(Console console, Clock clock, Rooms.Opener opener) {
		this.console = console;
		this.clock = clock;
		this.opener = opener;
	}

	@Override
	public Integer call() {
		try (Rooms rooms = this.settings.open(this.opener, this.console.err())) {
			AppUser asking = this.user.read(rooms.policy().current()).of("command-line");
			return this.output.print(answer(rooms, asking), this.console.out());
		}
	}

	private Answer answer(Rooms rooms, AppUser asking) {
		IssuedToken issued;
		try {
			issued = rooms.issuer()
				.issue(asking, this.wish.asked(), this.wish.read(rooms.operations()),
						new RequestFacts("", "", this.clock.instant()));
		}
		catch (Refused refused) {
			return Answer.refused(refused);
		}
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("format", issued.format().toString());
		json.put((issued.credential() instanceof TokenRequest) ? "tokenRequest" : "token", wire(issued));
		json.put("expires", issued.expires().toString());
		json.put("clientId", issued.grant().clientId().value());
		json.put("capability", issued.grant().capability().text());
		json.put("narrowed", issued.narrowed());
		Object wire = wire(issued);
		return new Answer(true, (wire instanceof String token) ? token : JSON.writeValueAsString(wire), json);
	}

	private static Object wire(IssuedToken issued) {
		return (issued.credential() instanceof TokenRequest request) ? request : issued.token();
	}

}
