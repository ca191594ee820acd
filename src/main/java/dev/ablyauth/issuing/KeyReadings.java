package dev.ablyauth.issuing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What all keys of the settings are at one moment.
 *
 * @param all in the order of the settings
 */
record KeyReadings(List<KeyReading> all) {

	static final String NAME = "ably-auth.keys";

	static KeyReadings of(List<KeyProperties> settings) {
		return new KeyReadings(IntStream.range(0, settings.size())
			.mapToObj((i) -> KeyReading.of(NAME + "[" + i + "]", settings.get(i)))
			.toList());
	}

	/**
	 * Finds what is wrong with each, and else what is wrong with all together.
	 */
	List<String> problems() {
		List<String> faults = faults();
		return faults.isEmpty() ? together() : faults;
	}

	/**
	 * Finds what is wrong with keys that are to replace others.
	 * @param used those in use, without a fault
	 */
	List<String> problemsAfter(KeyReadings used) {
		List<String> problems = faults();
		if (problems.isEmpty()) {
			String app = used.all.get(0).key().name().appId();
			for (KeyReading next : this.all) {
				if (!next.key().name().appId().equals(app)) {
					problems.add(next
						.fault("has the key " + next.key().name() + " of another Ably app than the keys" + " in use"));
				}
				else if (used.all.stream().anyMatch(next::isBeginningOf)) {
					problems.add(next.fault("has only the beginning of the key " + next.key().name()));
				}
			}
		}
		return problems.isEmpty() ? together() : problems;
	}

	private List<String> faults() {
		return new ArrayList<>(this.all.stream().map(KeyReading::fault).filter(Objects::nonNull).toList());
	}

	private List<String> together() {
		List<String> problems = new ArrayList<>();
		if (this.all.stream().map((reading) -> reading.key().name().appId()).distinct().count() > 1) {
			// Ably refuses a renewal by the key of another app.
			problems.add(NAME + ": belong to different Ably apps, expected keys of one");
		}
		for (int i = 0; i < this.all.size(); i++) {
			KeyReading one = this.all.get(i);
			if (this.all.subList(0, i).stream().anyMatch((before) -> isOtherSecret(before, one))) {
				problems
					.add(one.fault("has the key " + one.key().name() + ", which is named before with another secret"));
			}
		}
		return problems;
	}

	private static boolean isOtherSecret(KeyReading one, KeyReading other) {
		return one.key().name().equals(other.key().name()) && !one.isSameKey(other);
	}

	/** Finds the made-up key of the dev mode; without a fault in any other way. */
	List<String> samples() {
		return IntStream.range(0, this.all.size())
			.filter((i) -> KeyProperties.isSample(this.all.get(i).key()))
			.mapToObj((i) -> NAME + "[" + i + "]: is the made-up key of the dev mode, expected one of your Ably app")
			.toList();
	}

}
