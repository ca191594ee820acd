package dev.ablyauth.cli;

import java.nio.file.Path;

import dev.ablyauth.ably.ApiKey;
import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.Operations;
import dev.ablyauth.issuing.KeyProperties;
import dev.ablyauth.policy.CapabilityJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The API key of a command. There is no option for the key itself: other users of the
 * machine can see arguments.
 */
final class KeyOptions {

	static final String VARIABLE = "ABLY_API_KEY";

	@Option(names = "--key-file", paramLabel = "FILE",
			description = "A file that holds the API key and nothing else. Default: the environment variable "
					+ VARIABLE + ". Without a key, signatures are not checked.")
	private @Nullable Path file;

	@Option(names = "--key-capability", paramLabel = "JSON",
			description = "What the key itself may do, as in Ably's dashboard. Then it is said what Ably would take away.")
	private @Nullable String capability;

	@Option(names = "--revocable-tokens",
			description = "Revocable tokens are switched on for the key: Ably allows its tokens one hour.")
	private boolean revocableTokens;

	KnownKey read(Console console, Operations operations) {
		return new KnownKey(key(console), capability(operations), this.revocableTokens);
	}

	private @Nullable ApiKey key(Console console) {
		String value = console.environment().apply(VARIABLE);
		try {
			if (this.file != null) {
				return new KeyProperties(null, this.file, null, false, null).key();
			}
			return (value != null && !value.isBlank()) ? ApiKey.parse(value) : null;
		}
		catch (IllegalArgumentException ex) {
			throw new UnreadableInputException(
					((this.file != null) ? "--key-file" : VARIABLE) + ": " + ex.getMessage());
		}
	}

	private @Nullable Capability capability(Operations operations) {
		try {
			return (this.capability != null) ? new CapabilityJson(operations).read(this.capability) : null;
		}
		catch (IllegalArgumentException ex) {
			throw new UnreadableInputException("--key-capability: " + ex.getMessage());
		}
	}

}
