package dev.ablyauth.cli;

import org.jspecify.annotations.Nullable;

/**
 * Whose token it is. Source: Ably docs, auth/identified-clients; spec TD6, RSA8f.
 */
final class ClientIds {

	private static final String WILDCARD = "*";

	private ClientIds() {
	}

	static void judge(Members members, String name) {
		String clientId = members.line(name);
		Report report = members.report();
		if (clientId != null && clientId.isEmpty()) {
			report.warn("client-id-empty", name + " is empty. Leave it out for an anonymous client.");
		}
		else if (clientId != null && clientId.indexOf('*') >= 0 && !clientId.equals(WILDCARD)) {
			report.warn("client-id-wildcard", name + " must not contain *, unless it is * alone.");
		}
		else if (clientId != null && !clientId.equals(clientId.strip())) {
			report.note("client-id-white-space",
					name + " begins or ends with white space, which is part of the identity.");
		}
		report.fact("clientId", "clientId", clientId, words(clientId));
		report.fact("identity", "", identity(clientId));
	}

	private static String words(@Nullable String clientId) {
		return switch (identity(clientId)) {
			case "anonymous" -> "none: anonymous, and may not assume one";
			case "any" -> "*: no identity of its own, may assume any";
			default -> Printable.quoted(clientId + "") + ", and no other";
		};
	}

	private static String identity(@Nullable String clientId) {
		if (clientId == null) {
			return "anonymous";
		}
		return clientId.equals(WILDCARD) ? "any" : "identified";
	}

}
