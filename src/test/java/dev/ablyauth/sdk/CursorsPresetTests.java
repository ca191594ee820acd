package dev.ablyauth.sdk;

import java.util.Map;

import dev.ablyauth.standin.ProductClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The feature {@code cursors} of {@code space} with the real Spaces SDK. Cursors have a
 * channel of their own beside that of the space, which the SDK enters at the first use:
 * both are covered by the bare name of the space.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CursorsPresetTests {

	private static final String CURSORS = "cursors.subscribe";

	private static final Map<String, ?> POSITION = Map.of("position", Map.of("x", 1, "y", 2));

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
		this.stage.bob().listen(CURSORS);
	}

	@Tag("live")
	@Test
	void cursorsWhenGrantedAloneThenSeenByEachOther() {
		try (ProductClient ann = this.stage.enter(PresetPolicy.only("cursors"))) {
			ann.listen(CURSORS);
			moveUntilHeard(ann, this.stage.bob());
			moveUntilHeard(this.stage.bob(), ann);
			assertThat(ann.call("cursors.getAll").toString()).contains("\"clientId\":\"ann\"", "\"clientId\":\"bob\"");
		}
	}

	/** The SDK does not wait for its own call, so the error is nobody's. */
	@Test
	void cursorsWhenPublishTakenAwayThenRefused() {
		try (ProductClient ann = this.stage.enter(PresetPolicy.EVERYTHING)) {
			ann.listen(CURSORS);
			moveUntilHeard(ann, this.stage.bob());
			this.stage.takeAway(ann, "publish");
			ann.call("cursors.set", POSITION);
			this.stage.sdk().awaitUnhandled(40160);
			this.stage.servers().assertLastRefusal(40160);
		}
	}

	@Test
	void cursorsWhenHistoryTakenAwayThenPositionsRefused() {
		try (ProductClient ann = this.stage.enter(PresetPolicy.EVERYTHING)) {
			ann.listen(CURSORS);
			moveUntilHeard(ann, this.stage.bob());
			this.stage.takeAway(ann, "history");
			assertThat(ann.refusal("cursors.getAll")).isEqualTo(40160);
			this.stage.servers().assertLastRefusal(40160);
		}
	}

	/** The SDK does not wait for its own call, so the error is nobody's. */
	@Test
	void cursorsWhenPresenceTakenAwayThenRefused() {
		try (ProductClient ann = this.stage.enter(PresetPolicy.EVERYTHING)) {
			this.stage.takeAway(ann, "presence");
			ann.listen(CURSORS);
			this.stage.sdk().awaitUnhandled(40160);
			this.stage.servers().assertLastRefusal(40160);
		}
	}

	/**
	 * Without an error: the channel attaches without the mode, and Ably sends nothing.
	 */
	@Test
	void cursorsWhenSubscribeTakenAwayThenNotSeen() {
		try (ProductClient ann = this.stage.enter(PresetPolicy.EVERYTHING)) {
			this.stage.takeAway(ann, "subscribe");
			ann.listen(CURSORS);
			moveUntilHeard(this.stage.bob(), this.stage.bob());
			this.stage.bob().settle();
			ann.settle();
			assertThat(ann.heard(CURSORS)).isFalse();
			assertThat(ann.get("cursors.channel.modes").toString()).doesNotContain("subscribe");
		}
	}

	/**
	 * Moves a cursor until the watcher sees it: the SDK sends nothing before it has
	 * noticed that somebody else is there.
	 */
	private static void moveUntilHeard(ProductClient mover, ProductClient watcher) {
		long end = System.nanoTime() + SdkServers.SOON.toNanos();
		while (!watcher.heard(CURSORS, mover)) {
			assertThat(System.nanoTime()).as("nobody saw the cursor").isLessThan(end);
			mover.call("cursors.set", POSITION);
			mover.settle();
			watcher.settle();
		}
	}

}
