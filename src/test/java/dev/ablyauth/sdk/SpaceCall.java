package dev.ablyauth.sdk;

import java.util.List;
import java.util.Map;

/**
 * The calls of the Spaces SDK in a space that was entered, each with the feature that
 * must allow it, where the others notice it, and the operation without which it is
 * refused.
 */
enum SpaceCall {

	UPDATE_PROFILE("members", "updateProfileData", "members.subscribe", "presence", Map.of("name", "Ann")),

	LEAVE("members", "leave", "members.subscribe", "presence"),

	SET_LOCATION("locations", "locations.set", "locations.subscribe", "presence", Map.of("slide", 3)),

	ACQUIRE_LOCK("locks", "locks.acquire", "locks.subscribe", "presence", "title");

	private final String feature;

	private final String path;

	private final String noticedBy;

	private final String loss;

	@SuppressWarnings("ImmutableEnumChecker") // a list that cannot be changed
	private final List<Object> args;

	SpaceCall(String feature, String path, String noticedBy, String loss, Object... args) {
		this.feature = feature;
		this.path = path;
		this.noticedBy = noticedBy;
		this.loss = loss;
		this.args = List.of(args);
	}

	String feature() {
		return this.feature;
	}

	/** The method of the space. */
	String path() {
		return this.path;
	}

	/** The listener that hears of it. */
	String noticedBy() {
		return this.noticedBy;
	}

	/** The operation that is taken away. */
	String loss() {
		return this.loss;
	}

	Object[] args() {
		return this.args.toArray();
	}

}
