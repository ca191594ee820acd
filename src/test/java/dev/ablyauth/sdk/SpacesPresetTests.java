package dev.ablyauth.sdk;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.ablyauth.standin.ProductClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The features of {@code space} but the cursors, with the real Spaces SDK. No feature
 * needs more than its own operations.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpacesPresetTests {

	private static final String MEMBERS = "members.subscribe";

	/** Spaces' code of a call by one who has not entered. */
	private static final int NOT_ENTERED = 101001;

	private SpaceStage stage;

	@BeforeAll
	void start() {
		this.stage = new SpaceStage();
	}

	@AfterAll
	void stop() {
		if (this.stage != null) {
			this.stage.close();
		}
	}

	@BeforeEach
	void nextSpace() {
		this.stage.next();
	}

	@Tag("live")
	@ParameterizedTest
	@CsvSource({ "members", "locations", "locks", "cursors" })
	void enterWhenFeatureGrantedAloneThenMember(String feature) {
		this.stage.bob().listen(MEMBERS);
		try (ProductClient ann = this.stage.open(PresetPolicy.only(feature))) {
			assertThat(ann.call("enter")).hasSize(2);
			assertThat(this.stage.bob().awaitHeard(MEMBERS).path("clientId").asString()).isEqualTo("ann");
		}
	}

	/**
	 * The SDK does not wait for its own call: enter never ends and the error is nobody's.
	 */
	@Test
	void enterWhenPresenceTakenAwayThenRefusedAndNotEntered() {
		try (ProductClient ann = this.stage.open(PresetPolicy.allBut("presence"))) {
			ann.callWithoutEnd("enter");
			this.stage.sdk().awaitUnhandled(40160);
			this.stage.servers().assertLastRefusal(40160);
			assertThat(ann.call("members.getAll")).hasSize(1);
			assertThat(ann.refusal("locations.set", "here")).isEqualTo(NOT_ENTERED);
		}
	}

	/** The SDK waits for the news of its own member, which Ably does not send. */
	@Test
	void enterWhenSubscribeTakenAwayThenEnteredWithoutKnowing() {
		this.stage.bob().listen(MEMBERS);
		try (ProductClient ann = this.stage.open(PresetPolicy.allBut("subscribe"))) {
			ann.callWithoutEnd("enter");
			this.stage.bob().awaitHeard(MEMBERS);
			assertThat(ann.get("channel.modes").toString()).doesNotContain("subscribe");
			assertThat(ann.call("members.getAll")).isEmpty();
		}
	}

	@Tag("live")
	@ParameterizedTest
	@EnumSource
	void callWhenFeatureGrantedAloneThenDone(SpaceCall call) {
		try (ProductClient ann = this.stage.enter(PresetPolicy.only(call.feature()))) {
			this.stage.bob().listen(call.noticedBy());
			ann.call(call.path(), call.args());
			assertThat(this.stage.bob().awaitHeard(call.noticedBy()).toString()).contains("\"ann\"");
		}
	}

	@ParameterizedTest
	@EnumSource
	void callWhenOperationTakenAwayThenRefused(SpaceCall call) {
		try (ProductClient ann = this.stage.enter(PresetPolicy.EVERYTHING)) {
			this.stage.takeAway(ann, call.loss());
			assertThat(ann.refusal(call.path(), call.args())).isEqualTo(40160);
			this.stage.servers().assertLastRefusal(40160);
		}
	}

	/** The listener that lacks the operation gets no error: it is sent nothing. */
	@ParameterizedTest
	@EnumSource
	void listenerWhenFeatureGrantedThenHearsAndWithoutSubscribeNothing(SpaceCall call) {
		try (ProductClient ann = listen(PresetPolicy.only(call.feature()), call.noticedBy());
				ProductClient deaf = listen(PresetPolicy.allBut("subscribe"), call.noticedBy())) {
			this.stage.bob().call(call.path(), call.args());
			assertThat(ann.awaitHeard(call.noticedBy())).isNotEmpty();
			this.stage.bob().settle();
			deaf.settle();
			assertThat(deaf.heard(call.noticedBy())).isFalse();
			assertThat(deaf.get("channel.modes").toString()).doesNotContain("subscribe");
		}
	}

	private ProductClient listen(String role, String path) {
		ProductClient ann = this.stage.open(role);
		ann.listen(path);
		return ann;
	}

	/** The SDK has no call of its own for it: apps ask the channel of the space. */
	@Tag("live")
	@Test
	void historyWhenGrantedAloneThenRead() {
		try (ProductClient ann = this.stage.open(PresetPolicy.only("history"))) {
			assertThat(ann.call("channel.presence.history").toString()).contains("\"bob\"");
			assertThat(ann.call("members.getAll")).hasSize(1);
		}
	}

	@Test
	void historyWhenTakenAwayThenRefused() {
		try (ProductClient ann = this.stage.open(PresetPolicy.allBut("history"))) {
			assertThat(ann.refusal("channel.presence.history")).isEqualTo(40160);
			this.stage.servers().assertLastRefusal(40160);
		}
	}

	@Test
	void spaceWhenNothingIsGrantedInItThenRefused() {
		this.stage.bob().open("elsewhere", Map.of());
		assertThat(this.stage.bob().refusal("channel.attach")).isEqualTo(40160);
	}

	@Test
	void featureThenEachOfTheDocumentsIsTried() {
		Set<String> tried = new TreeSet<>(Set.of("cursors", "history"));
		Arrays.stream(SpaceCall.values()).map(SpaceCall::feature).forEach(tried::add);
		assertThat(tried).containsExactlyInAnyOrderElementsOf(PresetTable.features("space"));
	}

}
