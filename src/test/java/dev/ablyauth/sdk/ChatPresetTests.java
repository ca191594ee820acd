package dev.ablyauth.sdk;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.ablyauth.standin.ProductClient;
import dev.ablyauth.standin.ProductSdk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The features of {@code chat} with the real Chat SDK. No feature needs more than its own
 * operations: not to attach the room either.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChatPresetTests {

	private static final PresetPolicy POLICY = new PresetPolicy("chat", "room:*",
			List.of("publish", "subscribe", "history", "presence", "annotation-publish", "annotation-subscribe",
					"channel-metadata", "message-update-own", "message-update-any", "message-delete-own",
					"message-delete-any"));

	private static final Map<String, ?> DEFAULTS = Map.of();

	private final AtomicInteger rooms = new AtomicInteger();

	private PresetServers servers;

	private ProductSdk sdk;

	private ProductClient ann;

	private ProductClient bob;

	private String room = "";

	private String annsMessage = "";

	private String bobsMessage = "";

	@BeforeAll
	void start() {
		this.sdk = ProductSdk.chat(PresetServers.nodeModules());
		this.servers = new PresetServers(POLICY.text(features(), losses()));
		this.ann = this.servers.connect(this.sdk, "ann", PresetPolicy.EVERYTHING);
		this.bob = this.servers.connect(this.sdk, "bob", PresetPolicy.EVERYTHING);
	}

	@AfterAll
	void stop() {
		if (this.servers != null) {
			this.sdk.close();
			this.servers.close();
		}
	}

	/** A new room with a message of each, that bob has attached. */
	@BeforeEach
	void openRoom() {
		this.sdk.forgetEvents();
		this.room = "room:" + this.rooms.incrementAndGet();
		this.ann.open(this.room, DEFAULTS);
		this.annsMessage = this.ann.call("messages.send", Map.of("text", "from ann")).path("serial").asString();
		this.bob.open(this.room, DEFAULTS);
		this.bobsMessage = this.bob.call("messages.send", Map.of("text", "from bob")).path("serial").asString();
		this.bob.call("attach");
	}

	@Tag("live")
	@ParameterizedTest
	@MethodSource("callsWithFeature")
	void callWhenFeatureGrantedAloneThenDone(ChatCall call, String feature) {
		if (!call.noticedBy().isEmpty()) {
			this.bob.listen(call.noticedBy());
		}
		try (ProductClient user = join(PresetPolicy.only(feature), call)) {
			JsonNode answer = user.call(call.path(), call.args(this.annsMessage, this.bobsMessage));
			JsonNode seen = call.noticedBy().isEmpty() ? answer : this.bob.awaitHeard(call.noticedBy());
			assertThat(seen.toString()).contains(call.trace());
		}
	}

	/** Ably's documents list operations by feature and not by call. */
	@Tag("live")
	@ParameterizedTest
	@MethodSource("callsWithLoss")
	void callWhenOperationTakenAwayThenRefused(ChatCall call, String loss) {
		try (ProductClient user = join(PresetPolicy.allBut(loss), call)) {
			String end = user.end(call.path(), call.args(this.annsMessage, this.bobsMessage));
			this.servers.ably().assume("Chat: " + call.path() + " without " + loss, "40160", end);
			this.servers.assertLastRefusal(40160);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "UPDATE_ANOTHERS", "DELETE_ANOTHERS" })
	void callWhenOnlyOwnMessagesMayBeChangedThenRefused(ChatCall call) {
		String feature = call.features().get(0).replace("any", "own");
		try (ProductClient user = join(PresetPolicy.only(feature), call)) {
			assertThat(user.refusal(call.path(), call.args(this.annsMessage, this.bobsMessage))).isEqualTo(40160);
		}
	}

	private ProductClient join(String role, ChatCall call) {
		ProductClient user = this.servers.connect(this.sdk, "ann", role);
		assertThat(user.clientId()).isEqualTo("ann");
		user.open(this.room, DEFAULTS);
		if (call.realtime()) {
			user.call("attach");
		}
		return user;
	}

	@Tag("live")
	@ParameterizedTest
	@MethodSource("eventsWithFeature")
	void listenerWhenFeatureGrantedAloneThenHears(ChatEvent event, String feature) {
		try (ProductClient user = listen(PresetPolicy.only(feature), event)) {
			this.bob.call(event.call().path(), event.call().args(this.bobsMessage, this.annsMessage));
			assertThat(user.awaitHeard(event.path())).isNotEmpty();
		}
	}

	/**
	 * Without an error: the room attaches without the mode, and Ably sends nothing.
	 */
	@ParameterizedTest
	@EnumSource
	void listenerWhenOperationTakenAwayThenHearsNothing(ChatEvent event) {
		try (ProductClient user = listen(PresetPolicy.allBut(event.loss()), event)) {
			assertThat(user.get("channel.modes").toString()).doesNotContain("\"" + event.mode() + "\"");
			this.bob.call(event.call().path(), event.call().args(this.bobsMessage, this.annsMessage));
			this.bob.settle();
			user.settle();
			assertThat(user.heard(event.path())).isFalse();
		}
	}

	private ProductClient listen(String role, ChatEvent event) {
		ProductClient user = this.servers.connect(this.sdk, "ann", role);
		user.open(this.room, event.options());
		user.listen(event.path());
		user.call("attach");
		return user;
	}

	@Tag("live")
	@Test
	void occupancyEventsWhenChannelMetadataTakenAwayThenRoomIsRefused() {
		try (ProductClient user = this.servers.connect(this.sdk, "ann", PresetPolicy.allBut("channel-metadata"))) {
			user.open(this.room, ChatEvent.OCCUPANCY.options());
			this.servers.ably()
				.assume("Chat: a room with occupancy events without channel-metadata", "40160", user.end("attach"));
		}
	}

	@Test
	void presenceSetWhenSubscribeTakenAwayThenEmpty() {
		this.bob.call("presence.enter");
		try (ProductClient user = join(PresetPolicy.only("presence"), ChatCall.ENTER)) {
			assertThat(user.call("presence.get")).hasSize(1);
		}
		try (ProductClient user = join(PresetPolicy.allBut("subscribe"), ChatCall.ENTER)) {
			assertThat(user.call("presence.get")).isEmpty();
		}
	}

	@Test
	void roomWhenNothingIsGrantedInItThenRefused() {
		this.bob.open("elsewhere", DEFAULTS);
		assertThat(this.bob.refusal("attach")).isEqualTo(40160);
		assertThat(this.bob.refusal("messages.send", Map.of("text", "hello"))).isEqualTo(40160);
	}

	@Test
	void featureThenEachOfTheDocumentsIsTried() {
		assertThat(features()).containsExactlyInAnyOrderElementsOf(PresetTable.features("chat"));
	}

	private static Set<String> features() {
		Set<String> features = new TreeSet<>();
		Arrays.stream(ChatCall.values()).map(ChatCall::features).forEach(features::addAll);
		Arrays.stream(ChatEvent.values()).map(ChatEvent::features).forEach(features::addAll);
		return features;
	}

	private static Set<String> losses() {
		Set<String> losses = new TreeSet<>();
		Arrays.stream(ChatCall.values()).map(ChatCall::losses).forEach(losses::addAll);
		Arrays.stream(ChatEvent.values()).map(ChatEvent::loss).forEach(losses::add);
		return losses;
	}

	static Stream<Arguments> callsWithFeature() {
		return Arrays.stream(ChatCall.values())
			.flatMap((call) -> call.features().stream().map((feature) -> Arguments.of(call, feature)));
	}

	static Stream<Arguments> callsWithLoss() {
		return Arrays.stream(ChatCall.values())
			.flatMap((call) -> call.losses().stream().map((loss) -> Arguments.of(call, loss)));
	}

	static Stream<Arguments> eventsWithFeature() {
		return Arrays.stream(ChatEvent.values())
			.flatMap((event) -> event.features().stream().map((feature) -> Arguments.of(event, feature)));
	}

}
