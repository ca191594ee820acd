package dev.ablyauth.issuing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.Operations;

/**
 * Finds what is wrong with keys together of which each is good, as the settings name
 * them: what would be seen only when nobody is granted anything, or when the settings of
 * one place count in silence and those of another do not.
 */
final class KeysTogether {

	private final List<KeyProperties> settings;

	private final List<KeyReading> readings;

	private final List<Capability> capabilities;

	private final List<String> problems = new ArrayList<>();

	/**
	 * Prepares.
	 * @param settings of the keys, each without a problem
	 */
	KeysTogether(List<KeyProperties> settings, KeyReadings readings, Operations operations) {
		this.settings = settings;
		this.readings = readings.all();
		this.capabilities = settings.stream().map((key) -> key.ownCapability(operations)).toList();
	}

	/** Returns one line for each problem, with the property. */
	List<String> problems(Instant now) {
		List<Capability> signing = new ArrayList<>(List.of(this.capabilities.get(0)));
		for (int place = 1; place < this.settings.size(); place++) {
			int before = sameKeyBefore(place);
			if (before >= 0) {
				compare(place, before);
			}
			else if (drains(place, now)) {
				signing.add(this.capabilities.get(place));
				if (CommonCapability.of(signing).isEmpty()) {
					this.problems.add(this.readings.get(place)
						.fault("capability",
								"allows nothing that the keys before it allow, so nobody would be granted anything"
										+ " while it drains; expected something in common, or no drain-until"));
					signing.remove(signing.size() - 1);
				}
			}
		}
		return this.problems;
	}

	private boolean drains(int place, Instant now) {
		Instant until = this.settings.get(place).drainUntil();
		return until != null && until.isAfter(now);
	}

	/** The first place with the same key, or -1. */
	private int sameKeyBefore(int place) {
		return IntStream.range(0, place)
			.filter((before) -> this.readings.get(before).isSameKey(this.readings.get(place)))
			.findFirst()
			.orElse(-1);
	}

	private void compare(int place, int before) {
		KeyProperties one = this.settings.get(before);
		KeyProperties other = this.settings.get(place);
		if (one.revocableTokens() != other.revocableTokens()) {
			differ(place, before, "revocable-tokens");
		}
		if (!this.capabilities.get(before).equals(this.capabilities.get(place))) {
			differ(place, before, "capability");
		}
		// The first key signs for everybody, whether it drains in another place or not.
		if (before > 0 && !String.valueOf(one.drainUntil()).equals(String.valueOf(other.drainUntil()))) {
			differ(place, before, "drain-until");
		}
	}

	private void differ(int place, int before, String setting) {
		this.problems.add(this.readings.get(place)
			.fault(setting, "differs from that of " + this.readings.get(before).where()
					+ ", which is the same key; expected the same in both places, or the key in one of them"));
	}

}
