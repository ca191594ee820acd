package dev.ablyauth.ably;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OperationsTests {

	private final Operations operations = Operations.standard();

	@Test
	void readWhenKnownThenSorted() {
		assertThat(this.operations.read(List.of("subscribe", "publish")).names()).containsExactly("publish",
				"subscribe");
	}

	@Test
	void readWhenUnknownThenRefused() {
		for (String name : List.of("presence-subscribe", "Publish", "message-append", "statistics", "")) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.operations.read(List.of(name)));
		}
	}

	@Test
	void readWhenUnknownButAddedThenAccepted() {
		Operations more = this.operations.with(List.of("message-append"));
		assertThat(more.read(List.of("message-append")).names()).containsExactly("message-append");
		assertThatIllegalArgumentException().isThrownBy(() -> this.operations.with(List.of("*")));
	}

	@Test
	void readWhenStarIsNotAloneOrNothingIsThereThenRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.operations.read(List.of("*", "publish")));
		assertThatIllegalArgumentException().isThrownBy(() -> this.operations.read(List.of()));
	}

	@Test
	void namesThenTheClosedListWithoutTheStar() {
		assertThat(this.operations.names()).hasSize(17).contains("publish", "subscribe").doesNotContain("*");
		assertThat(this.operations.with(List.of("message-append")).names()).hasSize(18);
	}

	@Test
	void withoutThenWhatIsLeft() {
		OperationSet some = this.operations.read(List.of("subscribe", "history", "publish"));
		assertThat(some.without(this.operations.read(List.of("history", "stats"))).names()).containsExactly("publish",
				"subscribe");
		assertThat(some.without(some).isEmpty()).isTrue();
		assertThat(some.without(OperationSet.all()).isEmpty()).isTrue();
	}

	@Test
	void withoutWhenStarThenNotTakenApart() {
		assertThat(OperationSet.all().without(this.operations.read(this.operations.names())))
			.isEqualTo(OperationSet.all());
		assertThat(OperationSet.all().without(OperationSet.all()).isEmpty()).isTrue();
	}

	@Test
	void singlesThenOneSetForEachOperation() {
		assertThat(this.operations.read(List.of("subscribe", "history")).singles())
			.hasToString("[[history], [subscribe]]");
		assertThat(OperationSet.all().singles()).hasToString("[[*]]");
	}

	@Test
	void unionWhenOneIsStarThenStar() {
		OperationSet some = this.operations.read(List.of("subscribe"));
		assertThat(some.union(OperationSet.all())).isEqualTo(OperationSet.all());
		assertThat(OperationSet.all().union(some)).isEqualTo(OperationSet.all());
		assertThat(some.union(this.operations.read(List.of("publish")))).hasToString("[publish, subscribe]");
	}

	@Test
	void intersectWhenStarThenTakesTheOtherSide() {
		OperationSet some = this.operations.read(List.of("subscribe", "history"));
		assertThat(OperationSet.all().intersect(some)).isEqualTo(some);
		assertThat(some.intersect(OperationSet.all())).isEqualTo(some);
		assertThat(some.covers(OperationSet.all())).isFalse();
		assertThat(OperationSet.all().covers(some)).isTrue();
	}

}
