package dev.ablyauth.session;

import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ClaimPathTests {

	@ParameterizedTest
	@ValueSource(strings = { "sub", "cognito:groups", "https://app/roles", "https://app.example.com/roles", "a b",
			"custom.role", ".", "a.", ".a", "a..b", "\u00e9", "*", "[0]" })
	void findWhenClaimHasThisNameThenFoundWhateverTheName(String name) {
		assertThat(new ClaimPath(name).find(Map.of(name, "x"))).isEqualTo("x");
	}

	@Test
	void findWhenDotsThenEachGoesOneObjectDeeper() {
		Map<String, Object> claims = Map.of("a", Map.of("b", Map.of("c", List.of("x"))));
		assertThat(new ClaimPath("a.b.c").find(claims)).isEqualTo(List.of("x"));
	}

	@Test
	void findWhenExactNameAndObjectThenTheExactName() {
		Map<String, Object> claims = Map.of("a", Map.of("b", "deep"), "a.b", "exact");
		assertThat(new ClaimPath("a.b").find(claims)).isEqualTo("exact");
	}

	@Test
	void findWhenSeveralObjectsThenTheLongestName() {
		Map<String, Object> claims = Map.of("a", Map.of("b", Map.of("c", "short")), "a.b", Map.of("c", "long"));
		assertThat(new ClaimPath("a.b.c").find(claims)).isEqualTo("long");
	}

	@Test
	void findWhenLongestNameLeadsNowhereThenTheNextOne() {
		Map<String, Object> claims = Map.of("a", Map.of("b", Map.of("c", "short")), "a.b", Map.of("d", "other"));
		assertThat(new ClaimPath("a.b.c").find(claims)).isEqualTo("short");
	}

	@Test
	void findWhenNameHasDotsInsideAnObjectThenFound() {
		Map<String, Object> claims = Map.of("resource_access", Map.of("my.app", Map.of("roles", "x")));
		assertThat(new ClaimPath("resource_access.my.app.roles").find(claims)).isEqualTo("x");
	}

	@ParameterizedTest
	@ValueSource(strings = { "b", "a.b.c", "a.c", "A", "a.b.", "a. b", "list.0", "text.length" })
	void findWhenNothingStandsThereThenNull(String path) {
		Map<String, Object> claims = Map.of("a", Map.of("b", "x"), "list", List.of("y"), "text", "z");
		assertThat(new ClaimPath(path).find(claims)).isNull();
	}

	@Test
	void findWhenNoClaimsThenNull() {
		assertThat(new ClaimPath("a.b").find(Collections.emptyMap())).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\t\n" })
	void newWhenBlankThenRefused(String path) {
		assertThatIllegalArgumentException().isThrownBy(() -> new ClaimPath(path));
	}

	@Test
	void toStringThenAsWritten() {
		assertThat(new ClaimPath("realm_access.roles")).hasToString("realm_access.roles");
	}

}
