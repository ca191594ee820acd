package dev.ablyauth.cli;

import dev.ablyauth.revocation.Target;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/**
 * About whom or what a denial is.
 */
final class TargetOptions {

	@Parameters(index = "0", paramLabel = "KIND",
			description = "userId, clientId, sessionId, guestId, revocationKey or address.")
	private String kind = "";

	@Parameters(index = "1", paramLabel = "VALUE", description = "Who; an address may be a range, 192.0.2.0/24.")
	private String value = "";

	Target read() {
		return target(kind(this.kind), this.value);
	}

	private static Target.Kind kind(String label) {
		try {
			return Target.Kind.of(label);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("KIND: " + ex.getMessage(), ex);
		}
	}

	private static Target target(Target.Kind kind, String value) {
		try {
			return new Target(kind, value);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("VALUE: " + ex.getMessage(), ex);
		}
	}

	/**
	 * The same, where nothing has to be given.
	 */
	static final class Any {

		@Parameters(index = "0", arity = "0..1", paramLabel = "KIND",
				description = "userId, clientId, sessionId, guestId, revocationKey or address.")
		private @Nullable String kind;

		@Parameters(index = "1", arity = "0..1", paramLabel = "VALUE", description = "Who.")
		private @Nullable String value;

		Target.@Nullable Kind kind() {
			return (this.kind != null) ? TargetOptions.kind(this.kind) : null;
		}

		@Nullable Target read() {
			Target.Kind kind = kind();
			return (kind != null && this.value != null) ? target(kind, this.value) : null;
		}

	}

}
