package dev.ablyauth.standin;

/**
 * A channel name as a client attaches it, brought to the name that capabilities speak of:
 * without the {@code [?params]} in front and without the {@code ::$...} directive behind.
 */
final class ChannelName {

	private ChannelName() {
	}

	static ResourcePattern resource(String channel) {
		String kind = "";
		String name = channel;
		int end = channel.indexOf(']');
		if (channel.startsWith("[") && end > 0) {
			kind = channel.substring(1, end).split("\\?", 2)[0];
			name = channel.substring(end + 1);
		}
		name = name.split("::\\$", 2)[0];
		requireValid(kind, name);
		return ResourcePattern.of(kind.isEmpty() ? name : "[" + kind + "]" + name);
	}

	private static void requireValid(String kind, String name) {
		boolean knownKind = kind.isEmpty() || kind.equals("meta");
		boolean goodStart = !name.isEmpty() && !name.startsWith(":") && !name.startsWith("[");
		boolean oneLine = name.chars().noneMatch((c) -> "\n\r\u0085\u2028\u2029".indexOf(c) >= 0);
		if (!knownKind || !goodStart || !oneLine) {
			throw new Refused(40010, 400, "Invalid channel name");
		}
	}

}
