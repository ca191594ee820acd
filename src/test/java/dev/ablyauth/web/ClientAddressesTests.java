package dev.ablyauth.web;

import java.util.List;

import dev.ablyauth.session.TrustedPeers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class ClientAddressesTests {

	private final ClientAddresses addresses = new ClientAddresses(new TrustedPeers(List.of("10.0.0.0/8", "::1")));

	@ParameterizedTest
	@CsvSource(delimiter = ';', nullValues = "-",
			value = { "203.0.113.1;1.2.3.4;203.0.113.1", "10.0.0.1;1.2.3.4;1.2.3.4", "10.0.0.1;-;10.0.0.1",
					"10.0.0.1;6.6.6.6, 1.2.3.4;1.2.3.4", "10.0.0.1;6.6.6.6, 1.2.3.4, 10.0.0.2;1.2.3.4",
					"10.0.0.1;10.0.0.3, 10.0.0.2;10.0.0.3", "10.0.0.1;1.2.3.999;10.0.0.1",
					"10.0.0.1;localhost;10.0.0.1", "10.0.0.1;evil.example;10.0.0.1", "10.0.0.1;;10.0.0.1",
					"10.0.0.1;2001:db8::1;2001:db8::1", "10.0.0.1;:::::;10.0.0.1", "::1;1.2.3.4;1.2.3.4",
					"10.0.0.1;1.2.3.4.5;10.0.0.1" })
	void ofThenTheRightMostAddressThatIsNoTrustedProxy(String peer, @Nullable String forwarded, String expected) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setRemoteAddr(peer);
		if (forwarded != null) {
			request.addHeader("X-Forwarded-For", forwarded);
		}
		assertThat(this.addresses.of(request)).isEqualTo(expected);
	}

}
