package dev.ablyauth.standin;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The API keys that the stand-in knows.
 */
final class StandInKeys {

	private final List<StandInKey> keys = new CopyOnWriteArrayList<>();

	StandInKeys(StandInKey... keys) {
		this.keys.addAll(List.of(keys));
	}

	/** Refuses a key name of an unknown app with status 404, of a known one with 401. */
	StandInKey named(String keyName) {
		return this.keys.stream()
			.filter((key) -> key.name().equals(keyName))
			.findFirst()
			.orElseThrow(() -> unknown(appId(keyName)));
	}

	private Refused unknown(String appId) {
		return apps().contains(appId) ? new Refused(40400, 401, "No such key in this app")
				: new Refused(40400, 404, "No such app");
	}

	void add(StandInKey key) {
		this.keys.add(key);
	}

	void removeApp(String appId) {
		this.keys.removeIf((key) -> appId(key.name()).equals(appId));
	}

	/** The apps that have a key. */
	List<String> apps() {
		return this.keys.stream().map((key) -> appId(key.name())).distinct().toList();
	}

	/** The key of these credentials: key name and secret, joined by a colon. */
	StandInKey authenticated(String credentials) {
		StandInKey key = named(credentials.substring(0, Math.max(credentials.indexOf(':'), 0)));
		if (!credentials.equals(key.name() + ":" + key.secret())) {
			throw new Refused(40101, 401, "Invalid credentials");
		}
		return key;
	}

	static String appId(String keyName) {
		return keyName.split("\\.", 2)[0];
	}

}
