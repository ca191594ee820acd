package dev.ablyauth.session;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CredentialHashTests {

	@Test
	void ofThenEqualForTheSamePartsAlone() {
		assertThat(CredentialHash.of("Cookie", "a=1")).isEqualTo(CredentialHash.of("Cookie", "a=1"))
			.hasSameHashCodeAs(CredentialHash.of("Cookie", "a=1"))
			.isNotEqualTo(CredentialHash.of("Cookie", "a=2"))
			.isNotEqualTo(CredentialHash.of("Cookiea=", "1"))
			.isNotEqualTo(CredentialHash.of("Cookiea=1"))
			.isNotEqualTo(CredentialHash.of("Cookie", "a=1", ""))
			.isNotEqualTo(CredentialHash.of());
		assertThat(CredentialHash.of("secret-value")).hasToString("CredentialHash(not shown)");
	}

}
