package dev.ablyauth.ably;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
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
		assertThat(Capability.everything().intersect(some)).containsSame(some);
		assertThat(some.intersect(Capability.everything())).containsSame(some);
	}

	@Test
	void coversThenAllResourcesAndOperations() {
		Capability wide = capability(Map.of("a:*", List.of("publish", "subscribe"), "b", List.of("*")));
		assertThat(wide.covers(capability(Map.of("a:x", List.of("publish"), "b", List.of("history"))))).isTrue();
		assertThat(wide.covers(capability(Map.of("a:x", List.of("publish"), "c", List.of("history"))))).isFalse();
		assertThat(wide.covers(capability(Map.of("a:x", List.of("*"))))).isFalse();
	}

	@Test
	void sumThenWhatAnyPartAllows() {
		Capability sum = Capability.sum(List.of(capability(Map.of("a", List.of("publish"), "b", List.of("*"))),
				capability(Map.of("a", List.of("subscribe"), "c", List.of("history")))));
		assertThat(sum).isEqualTo(
				capability(Map.of("a", List.of("publish", "subscribe"), "b", List.of("*"), "c", List.of("history"))));
	}

	@Test
	void missingOfThenTheOperationsThatAreNotAllowedOnAllOfAResource() {
		Capability mine = capability(Map.of("a:*", List.of("publish", "subscribe"), "b", List.of("*")));
		assertThat(mine.missingOf(capability(
				Map.of("a:x", List.of("publish", "history"), "a", List.of("publish"), "b", List.of("history")))))
			.contains(capability(Map.of("a:x", List.of("history"), "a", List.of("publish"))));
		assertThat(mine.missingOf(capability(Map.of("a:x", List.of("*")))))
			.contains(capability(Map.of("a:x", List.of("*"))));
		assertThat(mine.missingOf(capability(Map.of("a:x:*", List.of("subscribe"), "b", List.of("*"))))).isEmpty();
	}

	@Test
	void compactWhenAWiderEntryAllowsAllOfANarrowerThenItGoes() {
		assertThat(capability(Map.of("a:*", List.of("publish", "subscribe"), "a:b", List.of("publish"), "a:c:*",
				List.of("subscribe"), "c", List.of("publish")))
			.compact()
			.text()).isEqualTo("{\"a:*\":[\"publish\",\"subscribe\"],\"c\":[\"publish\"]}");
	}

	@Test
	void compactWhenANarrowerEntryAllowsMoreThenBothStay() {
		Capability both = capability(Map.of("a:*", List.of("publish"), "a:b", List.of("publish", "history"), "a",
				List.of("publish"), "[meta]a:b", List.of("publish")));
		assertThat(both.compact()).isSameAs(both);
	}

	@Test
	void operationsOnThenTheSumOfTheEntriesThatCoverAllOfIt() {
		Capability capability = capability(Map.of("*", List.of("subscribe"), "a:*", List.of("publish")));
		assertThat(capability.operationsOn(Resource.parse("a:b"))).hasToString("[publish, subscribe]");
		assertThat(capability.operationsOn(Resource.parse("a"))).hasToString("[subscribe]");
		assertThat(capability.operationsOn(Resource.parse("[meta]a"))).hasToString("[]");
	}

	@Test
	void entriesThenCannotBeChanged() {
		Capability capability = capability(Map.of("b", List.of("*"), "a", List.of("publish")));
		assertThat(capability.entries().keySet()).extracting(Resource::toString).containsExactly("a", "b");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> capability.entries().clear());
	}

	static Capability capability(Map<String, List<String>> json) {
		Map<Resource, OperationSet> entries = new TreeMap<>();
		json.forEach((resource, operations) -> entries.put(Resource.parse(resource),
				Operations.standard().read(operations)));
		return Capability.of(entries);
	}

}
