package dev.ablyauth.standin;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/**
 * What an attached client may do or get on a channel, with its bit in the flags of ATTACH
 * and ATTACHED (Spec: TR3) and the operations that grant it (Ably's page on channel
 * options).
 */
enum ChannelMode {

	PRESENCE(16, "presence"),

	PUBLISH(17, "publish"),

	SUBSCRIBE(18, "subscribe"),

	PRESENCE_SUBSCRIBE(19, "subscribe"),

	ANNOTATION_PUBLISH(21, "annotation-publish"),

	ANNOTATION_SUBSCRIBE(22, "annotation-subscribe"),

	OBJECT_SUBSCRIBE(24, "object-subscribe", "subscribe"),

	OBJECT_PUBLISH(25, "object-publish");

	private static final Set<ChannelMode> WHEN_NONE_REQUESTED = EnumSet.of(PRESENCE, PUBLISH, SUBSCRIBE,
			PRESENCE_SUBSCRIBE, ANNOTATION_PUBLISH);

	private final int flag;

	@SuppressWarnings("ImmutableEnumChecker") // a set that cannot be changed
	private final Set<String> operations;

	ChannelMode(int bit, String... operations) {
		this.flag = 1 << bit;
		this.operations = Set.of(operations);
	}

	/** The modes that the flags of an ATTACH ask for, or the usual ones. */
	static Set<ChannelMode> requested(int flags) {
		Set<ChannelMode> modes = EnumSet.allOf(ChannelMode.class);
		modes.removeIf((mode) -> (flags & mode.flag) == 0);
		return modes.isEmpty() ? EnumSet.copyOf(WHEN_NONE_REQUESTED) : modes;
	}

	static int flags(Collection<ChannelMode> modes) {
		return modes.stream().mapToInt((mode) -> mode.flag).reduce(0, (one, other) -> one | other);
	}

	/** The mode without which a client does not get messages of that action. */
	static ChannelMode toReceive(int action) {
		return switch (action) {
			case Wire.PRESENCE -> PRESENCE_SUBSCRIBE;
			case Wire.ANNOTATION -> ANNOTATION_SUBSCRIBE;
			case Wire.OBJECT -> OBJECT_SUBSCRIBE;
			default -> SUBSCRIBE;
		};
	}

	boolean grantedBy(StandInCapability capability, ResourcePattern channel) {
		return this.operations.stream().anyMatch((operation) -> capability.allows(channel, operation));
	}

}
