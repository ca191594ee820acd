package dev.ablyauth.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AttributeClaimsTests {

	@Test
	void ofWhenValuesThenAsInAJwt() {
		UUID id = UUID.randomUUID();
		Map<Object, Object> attributes = new HashMap<>(Map.of("text", "a", "int", 1, "long", 2L, "double", 1.5f, "flag",
				true, "time", Instant.ofEpochSecond(7), "date", Date.from(Instant.ofEpochMilli(7999)), "id", id));
		attributes.put("unit", TimeUnit.DAYS);
		attributes.put(5, "no name");
		attributes.put("none", null);
		attributes.put("object", new Object());
		assertThat(AttributeClaims.of(attributes)).isEqualTo(Map.of("text", "a", "int", 1L, "long", 2L, "double", 1.5,
				"flag", true, "time", 7L, "date", 7L, "id", id.toString(), "unit", "DAYS"));
	}

	@Test
	void ofWhenNestedThenCopied() {
		assertThat(AttributeClaims.of(Map.of("a", Map.of("b", List.of(1, Map.of("c", Set.of("d")))))))
			.isEqualTo(Map.of("a", Map.of("b", List.of(1L, Map.of("c", List.of("d"))))));
	}

	@Test
	void ofWhenAListHoldsItselfThenRefused() {
		List<Object> list = new ArrayList<>();
		list.add(list);
		assertThatIllegalArgumentException().isThrownBy(() -> AttributeClaims.of(Map.of("a", list)));
	}

	/** A hundred objects that would be ten to the power of ten when written out. */
	@Test
	void ofWhenObjectsAreSharedManyTimesThenRefusedSoon() {
		Object value = "end";
		for (int i = 0; i < 10; i++) {
			value = List.of(value, value, value, value, value, value, value, value, value, value);
		}
		Map<String, Object> attributes = Map.of("a", value);
		assertThatIllegalArgumentException().isThrownBy(() -> AttributeClaims.of(attributes));
	}

}
