package dev.ablyauth.revocation;

import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AddressRangeTests {

	@ParameterizedTest
	@CsvSource({ "192.0.2.7,192.0.2.7", "192.0.2.7/32,192.0.2.7", "192.0.2.0/24,192.0.2.0/24", "10.0.0.0/8,10.0.0.0/8",
			"::ffff:192.0.2.7,192.0.2.7", "::ffff:192.0.2.0/120,192.0.2.0/24", "::1,0:0:0:0:0:0:0:1",
			"2001:DB8::/32,2001:db8:0:0:0:0:0:0/32", "2001:db8::7/128,2001:db8:0:0:0:0:0:7",
			"2001:db8:0:0:8000::/65,2001:db8:0:0:8000:0:0:0/65", "fe80::1%eth0,fe80:0:0:0:0:0:0:1" })
	void parseThenInOneForm(String text, String form) {
		AddressRange range = AddressRange.parse(text);
		assertThat(range).hasToString(form);
		assertThat(AddressRange.parse(form)).isEqualTo(range);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/24", "192.0.2", "192.0.2.256", "192.0.2.07", "192.0.2.7.", "192.0.2.7/",
			"192.0.2.7/33", "192.0.2.7/-1", "192.0.2.0/+24", "192.0.2.0/24/24", "0.0.0.0/0", "0.0.0.0/7", "::/0",
			"2000::/3", "::/129", "localhost", "example.com", "1:2", ":::", "::ffff:0.0.0.0/90", "::/16", "::/64",
			"::/80", "::fffe:0:0/95", "192.0.2.0 /24", "192.0.2.0/2４" })
	void parseWhenItIsNoRangeOrTooWideThenRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.parse(text));
	}

	/** Whoever writes 10.1.2.3/8 meant one thing or the other. */
	@Test
	void parseWhenThereAreBitsBeyondTheLengthThenRefusedWithWhatWasMeant() {
		assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.parse("10.1.2.3/8"))
			.withMessageEndingWith("expected 10.0.0.0/8");
	}

	@ParameterizedTest
	@CsvSource({ "192.0.2.0/24,192.0.2.255,true", "192.0.2.0/24,192.0.3.0,false", "192.0.2.0/25,192.0.2.128,false",
			"192.0.2.0/24,::ffff:192.0.2.9,true", "2001:db8::/32,2001:db8:ffff::1,true",
			"2001:db8::/32,2001:db9::,false", "2001:db8::/64,2001:db8::ffff:0:0:1,true",
			"2001:db8::/65,2001:db8:0:0:8000::,false", "192.0.2.7,192.0.2.7,true" })
	void maskedThenTheRangeOnlyForAddressesInIt(String range, String address, boolean inside) {
		AddressRange parsed = AddressRange.parse(range);
		assertThat(Objects.requireNonNull(AddressRange.address(address)).masked(parsed.prefix()).equals(parsed))
			.isEqualTo(inside);
	}

}
