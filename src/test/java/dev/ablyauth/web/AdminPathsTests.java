package dev.ablyauth.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class AdminPathsTests {

	@ParameterizedTest
	@CsvSource({ "/admin/explain, READ, /admin/explain", "/admin/can, READ, /admin/can",
			"/admin/policy/check, READ, /admin/policy/check", "/admin/tokens, MINT, /admin/tokens",
			"/actuator/health, READ, /actuator/health", "/actuator/health/db, READ, /actuator/health/*",
			"/admin, ADMIN, /admin/**", "/admin/explain/x, ADMIN, /admin/**", "/admin/explain/, ADMIN, /admin/**",
			"/admin/policy, ADMIN, /admin/**", "/admin/EXPLAIN, ADMIN, /admin/**",
			"/admin/denials, REVOKE, /admin/denials", "/admin/denials/1, REVOKE, /admin/denials/*",
			"/admin/denials/1/x, ADMIN, /admin/**", "/other, ADMIN, /admin/**" })
	void scopeThenOfTheFirstPatternThatFits(String path, AdminScope scope, String pattern) {
		MockHttpServletRequest request = new MockHttpServletRequest("POST", path);
		assertThat(AdminPaths.scopes(request).get(0)).isEqualTo(scope);
		assertThat(AdminPaths.pattern(request)).isEqualTo(pattern);
	}

	@ParameterizedTest
	@CsvSource({ "/admin/denials, READ", "/admin/denials/1, READ", "/admin/denials/1/x, ADMIN", "/admin/can, READ",
			"/admin/tokens, MINT", "/admin/x, ADMIN" })
	void scopeWhenLookingThenLessWhereThatIsEnough(String path, AdminScope scope) {
		assertThat(AdminPaths.scopes(new MockHttpServletRequest("GET", path)).get(0)).isEqualTo(scope);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/admin", "/admin/", "/admin/x", "/admin;x", "/admin//x", "/admin%2fx" })
	void isAdminWhenPathIsBelowThenTrue(String path) {
		assertThat(AdminPaths.isAdmin(path)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/adminx", "/admin1", "/api/admin", "//admin", "admin", "/Admin" })
	void isAdminWhenPathIsElsewhereThenFalse(String path) {
		assertThat(AdminPaths.isAdmin(path)).isFalse();
	}

	@Test
	void isAdminWhenThereIsNoPathThenFalse() {
		assertThat(AdminPaths.isAdmin((String) null)).isFalse();
	}

}
