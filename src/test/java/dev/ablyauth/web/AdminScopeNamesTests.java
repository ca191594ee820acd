package dev.ablyauth.web;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AdminScopeNamesTests {

	@Test
	void scopesWhenNamedInSettingsThenThese() {
		AdminScopeNames names = AdminScopeNames.ofSettings();
		assertThat(names.scopes(List.of())).isEmpty();
		assertThat(names.scopes(List.of("metrics", "mint"))).containsExactly(AdminScope.METRICS, AdminScope.MINT);
		assertThat(names.scopes(List.of("admin"))).containsExactly(AdminScope.values());
	}

	@ParameterizedTest
	@CsvSource({ "ably-auth:admin, ably-auth:", "https://x.example/root, https://x.example/", "api:/a:root, api:/a:",
			"urn:x:root, urn:x:", "a:, a:" })
	void scopesWhenNamedInJwtsThenWithThePrefix(String admin, String prefix) {
		AdminScopeNames names = AdminScopeNames.ofJwts(admin);
		assertThat(names.scopes(List.of(admin))).containsExactly(AdminScope.values());
		assertThat(names.scopes(List.of(prefix + "read", "revoke", "read:" + prefix))).containsExactly(AdminScope.READ);
		assertThat(names.name(AdminScope.READ)).isEqualTo(prefix + "read");
		assertThat(names.name(AdminScope.ADMIN)).isEqualTo(admin);
	}

	/** Only the scope of the settings gives everything, not one that sounds like it. */
	@Test
	void scopesWhenAdminIsCalledOtherwiseThenTheWordAdminGivesNothing() {
		assertThat(AdminScopeNames.ofJwts("ably-auth:root").scopes(List.of("ably-auth:admin", "admin"))).isEmpty();
	}

	@Test
	void scopesWhenTheNameHasNoPrefixThenThereAreNoNarrowerOnes() {
		AdminScopeNames names = AdminScopeNames.ofJwts("Admin.All");
		assertThat(names.scopes(List.of("read", "Admin.read", ":read", "null", "nullread"))).isEmpty();
		assertThat(names.scopes(List.of("Admin.All"))).containsExactly(AdminScope.values());
		assertThat(names.name(AdminScope.READ)).isEqualTo("Admin.All");
	}

}
