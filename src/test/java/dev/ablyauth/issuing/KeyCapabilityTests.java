package dev.ablyauth.issuing;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.Reason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeyCapabilityTests {

	private static final Capability CONFIGURED = TestRequests.capability("{\"talk:*\":[\"publish\",\"subscribe\"]}");

	private final KeyCapability capability = new KeyCapability(CONFIGURED);

	@Test
	void capabilityWhenAblyHasNotSpokenThenWhatIsConfigured() {
		assertThat(this.capability.capability()).isEqualTo(CONFIGURED);
	}

	@Test
	void narrowThenWhatBothAllow() {
		assertThat(this.capability.narrow(TestRequests.capability("{\"*\":[\"subscribe\",\"history\"]}"))).isTrue();
		assertThat(this.capability.capability()).isEqualTo(TestRequests.capability("{\"talk:*\":[\"subscribe\"]}"));
	}

	@Test
	void narrowAgainThenOnlyTheLastCounts() {
		this.capability.narrow(TestRequests.capability("{\"talk:a\":[\"*\"]}"));
		this.capability.narrow(Capability.everything());
		assertThat(this.capability.capability()).isEqualTo(CONFIGURED);
	}

	@Test
	void narrowWhenNothingIsInCommonThenRefusedUntilThereIs() {
		assertThat(this.capability.narrow(TestRequests.capability("{\"other\":[\"*\"]}"))).isFalse();
		TestRequests.assertRefused(this.capability::capability, Reason.KEY_ALLOWS_NOTHING, "its settings name");
		assertThat(this.capability.narrow(Capability.everything())).isTrue();
		assertThat(this.capability.capability()).isEqualTo(CONFIGURED);
	}

}
