package dev.ablyauth.live;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The API keys of the app, in the order in which they are made.
 */
public enum AppKey {

	/** May do everything. */
	WHOLE("{\"[*]*\":[\"*\"]}", false),

	/** May do everything, and its tokens can be revoked. */
	REVOCABLE("{\"[*]*\":[\"*\"]}", true),

	/** Another one like it. */
	REVOCABLE_TOO("{\"[*]*\":[\"*\"]}", true),

	/** May do next to nothing. */
	NARROW("{\"narrow:*\":[\"history\"]}", false);

	private final String capability;

	private final boolean revocable;

	AppKey(String capability, boolean revocable) {
		this.capability = capability;
		this.revocable = revocable;
	}

	boolean revocable() {
		return this.revocable;
	}

	/** The body of the call that makes the app. Every capability is said. */
	static Map<String, ?> setup() {
		List<Map<String, Object>> keys = Arrays.stream(values()).map((key) -> {
			Map<String, Object> wanted = new LinkedHashMap<>();
			wanted.put("capability", key.capability);
			if (key.revocable) {
				wanted.put("revocableTokens", true);
			}
			return wanted;
		}).toList();
		Map<String, Object> app = new LinkedHashMap<>();
		app.put("keys", keys);
		app.put("namespaces", List.of());
		return app;
	}

}
