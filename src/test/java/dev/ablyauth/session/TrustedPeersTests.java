package dev.ablyauth.session;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TrustedPeersTests {

	@ParameterizedTest
	@CsvSource({ "10.0.0.0, true", "10.255.255.255, true", "11.0.0.0, false", "9.255.255.255, false", "192.0.2.7, true",
			"192.0.2.8, false", "::1, true", "0:0:0:0:0:0:0:1, true", "::2, false", "2001:db8:1::1, true",
			"2001:db9::1, false", "'', false" })
	void includeThenInOneOfTheRanges(String peer, boolean expected) {
		TrustedPeers peers = new TrustedPeers(List.of("10.0.0.0/8", "192.0.2.7", "::1", "2001:db8::/32"));
		assertThat(peers.include(peer)).isEqualTo(expected);
	}

	@Test
	void includeWhenThereAreNoneThenNobody() {
		assertThat(new TrustedPeers(List.of()).include("127.0.0.1")).isFalse();
	}

	@Test
	void newWhenNoAddressThenRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new TrustedPeers(List.of("proxy.example.com")));
	}

}
