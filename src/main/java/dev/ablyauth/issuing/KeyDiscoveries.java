package dev.ablyauth.issuing;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Asks Ably what the keys may do, each that signs for somebody, as long as it is there.
 */
public final class KeyDiscoveries {

	private final ScheduledExecutorService background;

	private final Map<SigningKey, KeyDiscovery> running = new HashMap<>();

	/**
	 * Creates it, and asks nothing.
	 * @param background runs one task at a time
	 */
	KeyDiscoveries(ScheduledExecutorService background) {
		this.background = background;
	}

	/** Begins with the keys that are new, and ends with those that have gone. */
	synchronized void follow(KeyRing ring) {
		List<SigningKey> asked = ring.signers();
		this.running.entrySet().removeIf((entry) -> {
			boolean gone = !asked.contains(entry.getKey());
			if (gone) {
				entry.getValue().stop();
			}
			return gone;
		});
		asked.forEach((key) -> this.running.computeIfAbsent(key, this::start));
	}

	private KeyDiscovery start(SigningKey key) {
		KeyDiscovery discovery = new KeyDiscovery(key.name(), key.ably().capability(), key.keyCapability(),
				this.background);
		discovery.start();
		return discovery;
	}

	/**
	 * Waits for the first answers, for those who issue one token and end.
	 * @param longest how long for each key
	 * @return whether Ably has answered for all
	 */
	public boolean await(Duration longest) {
		List<KeyDiscovery> all;
		synchronized (this) {
			all = List.copyOf(this.running.values());
		}
		return all.stream().allMatch((discovery) -> discovery.await(longest));
	}

}
