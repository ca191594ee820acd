package dev.ablyauth.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Reads a user whom somebody describes instead of signing in: an administrator, or a
 * person at the command line. {@code {"id":"ann","roles":["member"],"claims":{}}}, and if
 * need be {@code source}, {@code issuer} and {@code guest}.
 */
public final class UserJson {

	private static final Set<String> MEMBERS = Set.of("id", "roles", "claims", "source", "issuer", "guest");

	private static final String KIND = "jwt";

	private UserJson() {
	}

	/**
	 * Reads a user.
	 * @param json a JSON object
	 * @return the user
	 * @throws IllegalArgumentException if it is none; the message says why
	 */
	public static AppUser read(String json) {
		return of(Claims.read(json.getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * Makes a user.
	 * @param members of the JSON object
	 * @return the user
	 * @throws IllegalArgumentException if it is none; the message says why
	 */
	public static AppUser of(Map<?, ?> members) {
		members.keySet().stream().filter((name) -> !MEMBERS.contains(name)).findFirst().ifPresent((name) -> {
			throw new IllegalArgumentException(
					"has \"" + name + "\", expected id, roles, claims, source, issuer, guest");
		});
		if (!(members.get("id") instanceof String id) || id.isEmpty()) {
			throw new IllegalArgumentException("needs an \"id\", a text");
		}
		Object guest = members.get("guest");
		String source = text(members, "source", Boolean.TRUE.equals(guest) ? AppUser.Source.GUEST : KIND);
		if (guest != null && !guest.equals(source.equals(AppUser.Source.GUEST))) {
			throw new IllegalArgumentException(
					"\"guest\" must be true or false, and true exactly where the \"source\" is guest");
		}
		return new AppUser(id, roles(members.get("roles")), claims(members.get("claims")),
				new AppUser.Source(source, text(members, "issuer", "")), AppUser.NO_END);
	}

	private static String text(Map<?, ?> members, String name, String absent) {
		Object value = members.get(name);
		if (value != null && !(value instanceof String)) {
			throw new IllegalArgumentException("\"" + name + "\" must be a text");
		}
		return (value != null) ? (String) value : absent;
	}

	private static List<String> roles(@Nullable Object value) {
		List<String> roles = new ArrayList<>();
		for (Object role : (value instanceof List<?> list) ? list : (value != null) ? List.of(value) : List.of()) {
			if (!(role instanceof String text)) {
				throw new IllegalArgumentException("\"roles\" must be a list of texts");
			}
			roles.add(text);
		}
		return roles;
	}

	@SuppressWarnings("unchecked") // the names of JSON members are texts
	private static Map<String, Object> claims(@Nullable Object value) {
		if (value != null && !(value instanceof Map)) {
			throw new IllegalArgumentException("\"claims\" must be an object");
		}
		return (value != null) ? Claims.plain((Map<String, Object>) value) : Map.of();
	}

}
