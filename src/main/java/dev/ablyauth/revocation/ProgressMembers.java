package dev.ablyauth.revocation;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import dev.ablyauth.ably.RevocationFailure;
import org.jspecify.annotations.Nullable;

/**
 * The state of a target as names and values, for JSON.
 */
final class ProgressMembers {

	private ProgressMembers() {
	}

	static Map<String, Object> of(TargetState state) {
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("target", Map.of(state.target().kind().label(), state.target().value()));
		members.put("key", state.key().value());
		members.putAll(of(state.progress()));
		put(members, "message", message(state));
		if (state.repeat() != null) {
			members.put("repeat", of(state.repeat()));
		}
		return members;
	}

	/** Why the server asks Ably for nothing, where that is so. */
	private static @Nullable String message(TargetState state) {
		if (state.progress() instanceof Progress.NotRevoked not && not.reason() == null) {
			return "No server may revoke tokens of this key: see keys[].revocable-tokens.";
		}
		if (!(state.progress() instanceof Progress.NothingToRevoke)) {
			return null;
		}
		return switch (state.target().kind()) {
			case SESSION_ID -> "Ably knows no sessions. Name the clientId, whose other sessions end too.";
			case ADDRESS -> "Ably knows no addresses. Name the clientIds.";
			default -> "Ably is not told of tokens whose clientId the id does not tell, or is *."
					+ " Name their clientId or their revocation key.";
		};
	}

	private static Map<String, Object> of(Progress progress) {
		Map<String, Object> members = new LinkedHashMap<>();
		if (progress instanceof Progress.Revoked revoked) {
			members.put("state", "revoked");
			members.put("appliesAt", revoked.appliesAt().toString());
		}
		else if (progress instanceof Progress.OnItsWay waiting) {
			members.put("state", "on-its-way");
			members.put("tries", waiting.tries());
			put(members, "lastFailure", waiting.lastFailure());
			members.put("nextTry", waiting.nextTry().toString());
		}
		else if (progress instanceof Progress.NotRevoked not) {
			members.put("state", "not-revoked");
			members.put("livesUntil", not.livesUntil().toString());
			put(members, "reason", not.reason());
			if (not.code() != 0) {
				members.put("code", not.code());
			}
		}
		else if (progress instanceof Progress.NothingToRevoke nothing) {
			members.put("state", "nothing-to-revoke");
			members.put("livesUntil", nothing.livesUntil().toString());
		}
		else if (progress instanceof Progress.GivenUp ended) {
			members.put("state", "given-up");
			members.put("endedAt", ended.endedAt().toString());
		}
		else {
			members.put("state", "called-off");
		}
		return members;
	}

	private static void put(Map<String, Object> members, String name, @Nullable RevocationFailure failure) {
		put(members, name, (failure != null) ? failure.name().toLowerCase(Locale.ROOT).replace('_', '-') : null);
	}

	private static void put(Map<String, Object> members, String name, @Nullable String value) {
		if (value != null) {
			members.put(name, value);
		}
	}

}
