package dev.ablyauth.issuing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import dev.ablyauth.ably.ClientId;
import dev.ablyauth.ably.KeyName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeyMemoryTests {

	private static final KeyName ONE = new KeyName("app.one");

	private static final ClientId ANN = ClientId.of("ann");

	private final AtomicLong time = new AtomicLong();

	private final KeyMemory memory = new KeyMemory(this.time::get, null);

	@Test
	void ofWhenRememberedThenTheLastKey() {
		this.memory.remember(ANN, ONE, Duration.ofHours(1));
		this.memory.remember(ANN, new KeyName("app.two"), Duration.ofHours(1));
		assertThat(this.memory.of(ANN, "app")).contains(new KeyName("app.two"));
		assertThat(this.memory.of(ClientId.of("bob"), "app")).isEmpty();
	}

	@Test
	void ofWhenTheTokenHasEndedThenOnlyAsLongAsTheConnectionCanComeBack() {
		this.memory.remember(ANN, ONE, Duration.ofHours(1));
		this.time.addAndGet(Duration.ofHours(1).plusSeconds(119).toNanos());
		assertThat(this.memory.of(ANN, "app")).contains(ONE);
		this.time.addAndGet(Duration.ofSeconds(1).toNanos());
		assertThat(this.memory.of(ANN, "app")).isEmpty();
	}

	@Test
	void rememberWhenManyThenBounded() {
		for (int i = 0; i < 2 * KeyMemory.MOST; i++) {
			this.memory.remember(ClientId.of("client-" + i), ONE, Duration.ofHours(1));
		}
		assertThat(this.memory.size()).isLessThanOrEqualTo(KeyMemory.MOST);
	}

	@Test
	void rememberWhenTheWildcardThenNobody() {
		this.memory.remember(ClientId.wildcard(), ONE, Duration.ofHours(1));
		assertThat(this.memory.of(ClientId.wildcard(), "app")).isEmpty();
		assertThat(this.memory.size()).isZero();
	}

	/** Instances of other machines and versions make the same of it. */
	@Test
	void hashThenTheFirstEightBytesOfSha256() {
		assertThat(KeyMemory.hash(ClientId.of("abc"))).isEqualTo(0xba7816bf8f01cfeaL);
	}

}
