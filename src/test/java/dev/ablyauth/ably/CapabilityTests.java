package dev.ablyauth.ably;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CapabilityTests {

	@Test
	void ofWhenEmptyThenRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Capability.of(Map.of()));
	}

	@Test
	void textThenIsCanonical() {
		assertThat(capability(Map.of("zeta", List.of("subscribe", "publish"), "Beta", List.of("subscribe"), "é\"\\/",
				List.of("history")))
			.text())
			.isEqualTo("{\"Beta\":[\"subscribe\"],\"zeta\":[\"publish\",\"subscribe\"],\"é\\\"\\\\/\":[\"history\"]}");
	}

	@Test
	void intersectWhenKeyIsWiderThenAsInTheDocs() {
		Capability key = capability(Map.of("ns:*", List.of("publish", "subscribe", "presence"), "n",
				List.of("subscribe", "history"), "al", List.of("subscribe")));
		Capability wish = capability(
				Map.of("ns:user-1", List.of("subscribe"), "n", List.of("*"), "priv", List.of("publish", "subscribe")));
		assertThat(key.intersect(wish).orElseThrow().text())
			.isEqualTo("{\"n\":[\"history\",\"subscribe\"],\"ns:user-1\":[\"subscribe\"]}");
	}

	@Test
	void intersectWhenNothingInCommonThenEmpty() {
		assertThat(capability(Map.of("a", List.of("*"))).intersect(capability(Map.of("b", List.of("*"))))).isEmpty();
		assertThat(
				capability(Map.of("*", List.of("*"))).intersect(capability(Map.of("[meta]log", List.of("subscribe")))))
			.isEmpty();
		assertThat(capability(Map.of("a", List.of("publish"))).intersect(capability(Map.of("a", List.of("history")))))
			.isEmpty();
	}

	@Test
	void intersectWhenSeveralEntriesCoverOneThenTheirSum() {
		Capability key = capability(Map.of("*", List.of("subscribe"), "a:*", List.of("publish")));
		assertThat(key.intersect(capability(Map.of("a:b", List.of("*")))).orElseThrow().text())
			.isEqualTo("{\"a:b\":[\"publish\",\"subscribe\"]}");
	}

	@Test
	void intersectWithEverythingThenUnchanged() {
		Capability some = capability(Map.of("a", List.of("publish")));
		assertThat(Capability.everything().intersect(some)).contains(some);
		assertThat(some.intersect(Capability.everything())).contains(some);
	}

	@Test
	void coversThenAllResourcesAndOperations() {
		Capability wide = capability(Map.of("a:*", List.of("publish", "subscribe"), "b", List.of("*")));
		assertThat(wide.covers(capability(Map.of("a:x", List.of("publish"), "b", List.of("history"))))).isTrue();
		assertThat(wide.covers(capability(Map.of("a:x", List.of("publish"), "c", List.of("history"))))).isFalse();
		assertThat(wide.covers(capability(Map.of("a:x", List.of("*"))))).isFalse();
	}

	static Capability capability(Map<String, List<String>> json) {
		Map<Resource, OperationSet> entries = new TreeMap<>();
		json.forEach((resource, operations) -> entries.put(Resource.parse(resource),
				Operations.standard().read(operations)));
		return Capability.of(entries);
	}

}
