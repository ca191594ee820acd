package dev.ablyauth.web;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.policy.Wish;
import dev.ablyauth.policy.WishReader;
import dev.ablyauth.session.AppUser;
import dev.ablyauth.session.Credentials;
import dev.ablyauth.session.Guests;
import dev.ablyauth.session.Sessions;
import dev.ablyauth.session.UserJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads whom an admin call is about, and what that user is to wish for.
 */
final class AdminUsers {

	private static final JsonMapper JSON = new JsonMapper();

	private static final Set<String> WISHES = Set.of(WishReader.CLIENT_ID, WishReader.TTL, WishReader.CAPABILITY,
			WishReader.KEY_NAME);

	private final Sessions sessions;

	private final WishReader wishes;

	private final Guests guests;

	AdminUsers(Sessions sessions, WishReader wishes, Guests guests) {
		this.guests = guests;
		this.sessions = sessions;
		this.wishes = wishes;
	}

	/**
	 * Reads {@code user}, or whose the token in {@code session} is.
	 * @throws Refused if it is neither or both
	 */
	AppUser userOrSession(JsonNode body) {
		if (body.has("user") == body.has("session")) {
			throw invalid("The body needs either \"user\" or \"session\".");
		}
		if (body.has("user")) {
			return user(body.get("user"));
		}
		if (!body.get("session").isString()) {
			throw invalid("session: must be a text.");
		}
		return this.sessions.user(Credentials.ofBearer(body.get("session").asString()))
			.orElseThrow(() -> invalid("session: is no token that a session kind in the settings knows."));
	}

	/**
	 * Reads a user.
	 * @throws Refused if it is none
	 */
	AppUser user(JsonNode user) {
		if (!user.isObject()) {
			throw invalid("user: must be an object.");
		}
		AppUser described;
		try {
			described = UserJson.of(JSON.treeToValue(user, Map.class));
		}
		catch (IllegalArgumentException ex) {
			throw invalid("user: " + ex.getMessage() + ".");
		}
		if (this.guests.isMistaken(described)) {
			throw invalid("user: has an id as only guests have; a guest needs \"guest\": true.");
		}
		return described;
	}

	/**
	 * Reads {@code wish}, TokenParams; there the capability may be an object too.
	 * @throws Refused if it cannot be read
	 */
	Wish wish(JsonNode body) {
		JsonNode wish = body.path("wish");
		if (wish.isMissingNode()) {
			return Wish.NONE;
		}
		if (!wish.isObject()) {
			throw invalid("wish: must be an object.");
		}
		if (!WISHES.containsAll(wish.propertyNames())) {
			throw invalid("wish: expected are clientId, ttl, capability and keyName.");
		}
		Map<String, Object> params = new HashMap<>();
		wish.forEachEntry((name, value) -> params.put(name, param(value)));
		return this.wishes.read(params);
	}

	private static Object param(JsonNode value) {
		if (value.isObject()) {
			return value.toString();
		}
		return value.isString() ? value.asString()
				: value.isIntegralNumber() && value.canConvertToLong() ? (Object) value.asLong() : value;
	}

	static Refused invalid(String message) {
		return new Refused(Reason.INVALID_REQUEST, message);
	}

}
