package dev.ablyauth.ably;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The algebra against {@link ApiMatcher}: whatever the intersection allows, both allow,
 * and nothing that both allow is lost.
 */
@Tag("random")
class CapabilityAlgebraTests {

	private static final List<String> SEGMENTS = List.of("a", "b", "*", "*", "a*");

	private static final List<String> NAME_SEGMENTS = List.of("a", "b", "c", "a*");

	private static final List<String> KINDS = List.of("", "", "", "", "[meta]", "[queue]");

	private static final List<String> OPERATIONS = List.of("publish", "subscribe", "history");

	@Test
	void intersectWhenRandomThenAllowsJustWhatBothAllow() {
		long seed = System.nanoTime();
		System.out.println("CapabilityAlgebraTests seed " + seed);
		Random random = new Random(seed);
		for (int i = 0; i < 60_000; i++) {
			Map<String, List<String>> left = randomCapability(random);
			Map<String, List<String>> right = randomCapability(random);
			Map<String, List<String>> both = plain(CapabilityTests.capability(left), CapabilityTests.capability(right));
			for (int j = 0; j < 20; j++) {
				String name = pick(random, KINDS) + name(random, NAME_SEGMENTS);
				String operation = pick(random, OPERATIONS);
				boolean expected = ApiMatcher.allows(left, operation, name)
						&& ApiMatcher.allows(right, operation, name);
				assertThat(ApiMatcher.allows(both, operation, name))
					.as("seed %d: %s and %s: %s on %s", seed, left, right, operation, name)
					.isEqualTo(expected);
			}
		}
	}

	@Test
	void coversWhenRandomThenEqualToIntersectionBeingTheOther() {
		Random random = new Random(7);
		for (int i = 0; i < 20_000; i++) {
			Capability left = CapabilityTests.capability(randomCapability(random));
			Capability right = CapabilityTests.capability(randomCapability(random));
			if (left.covers(right)) {
				Map<String, List<String>> plain = plain(left, right);
				right.entries()
					.forEach((resource, operations) -> assertThat(plain.get(resource.toString()))
						.containsAll(operations.names()));
			}
		}
	}

	private static Map<String, List<String>> plain(Capability left, Capability right) {
		Map<String, List<String>> plain = new HashMap<>();
		left.intersect(right)
			.ifPresent((both) -> both.entries()
				.forEach((resource, operations) -> plain.put(resource.toString(), operations.names())));
		return plain;
	}

	private static Map<String, List<String>> randomCapability(Random random) {
		Map<String, List<String>> capability = new HashMap<>();
		for (int i = random.nextInt(3); i >= 0; i--) {
			String resource = (random.nextInt(40) == 0) ? "[*]*" : pick(random, KINDS) + name(random, SEGMENTS);
			List<String> operations = new ArrayList<>(OPERATIONS);
			operations.removeIf((operation) -> random.nextBoolean());
			capability.put(resource, operations.isEmpty() ? List.of("*") : operations);
		}
		return capability;
	}

	private static String name(Random random, List<String> segments) {
		StringBuilder name = new StringBuilder(pick(random, segments));
		for (int i = random.nextInt(3); i > 0; i--) {
			name.append(':').append(pick(random, segments));
		}
		return name.toString();
	}

	private static String pick(Random random, List<String> from) {
		return from.get(random.nextInt(from.size()));
	}

}
