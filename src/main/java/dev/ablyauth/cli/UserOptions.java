package dev.ablyauth.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.ablyauth.ably.Refused;
import dev.ablyauth.policy.Policy;
import dev.ablyauth.session.Sessions;
import dev.ablyauth.session.AppUser;
import dev.ablyauth.session.Credentials;
import dev.ablyauth.session.UserJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * About whom a command is.
 */
final class UserOptions {

	@Parameters(index = "0", paramLabel = "USER",
			description = "Who: the id of a user, or a user as JSON,"
					+ " {\"id\":\"ann\",\"roles\":[\"member\"],\"claims\":{\"team\":\"red\"}}. An id that a test of the"
					+ " policy names is the user of that test, unless --role or --claim is given.")
	private String user = "";

	@Option(names = "--role", paramLabel = "ROLE", description = "A role of the user; may be repeated.")
	private List<String> roles = List.of();

	@Option(names = "--claim", paramLabel = "NAME=VALUE",
			description = "A claim of the user, a text; may be repeated. Others than texts only in JSON.")
	private Map<String, String> claims = Map.of();

	AppUser read(@Nullable Policy policy) {
		return UnreadableInputException.reading("The user ", () -> {
			if (this.user.startsWith("{")) {
				return UserJson.read(this.user);
			}
			if (policy != null && this.roles.isEmpty() && this.claims.isEmpty()) {
				return policy.testUser(this.user).orElseGet(this::described);
			}
			return described();
		});
	}

	/** Takes USER for a token of the app. */
	AppUser ofSession(Sessions sessions, Console console) {
		String token = this.user.equals("-") ? console.input().strip() : this.user;
		try {
			return sessions.user(Credentials.ofBearer(token))
				.orElseThrow(() -> new UnreadableInputException(
						"This is no token that a session kind in the settings knows."));
		}
		catch (Refused ex) {
			throw new UnreadableInputException(ex.getMessage());
		}
	}

	private AppUser described() {
		Map<String, Object> members = new HashMap<>();
		members.put("id", this.user);
		members.put("roles", new ArrayList<>(this.roles));
		members.put("claims", new HashMap<>(this.claims));
		return UserJson.of(members);
	}

}
