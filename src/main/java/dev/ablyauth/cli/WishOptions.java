package dev.ablyauth.cli;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import dev.ablyauth.ably.Operations;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.issuing.Asked;
import dev.ablyauth.policy.CapabilityJson;
import dev.ablyauth.policy.Wish;
import dev.ablyauth.policy.WishReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * What the client asks for, as TokenParams.
 */
final class WishOptions {

	@Option(names = "--client-id", paramLabel = "CLIENTID", description = "The clientId that the client asks for.")
	private @Nullable String clientId;

	@Option(names = "--ttl", paramLabel = "MS", description = "The lifetime that the client asks for, in milliseconds.")
	private @Nullable Long ttl;

	@Option(names = "--capability", paramLabel = "JSON", description = "The capability that the client asks for.")
	private @Nullable String capability;

	@Option(names = "--key-name", paramLabel = "KEYNAME",
			description = "The key that the client says it has: kid of its last Ably JWT.")
	private @Nullable String keyName;

	@Option(names = "--format", paramLabel = "FORMAT",
			description = "jwt, token-request, ably-token or any. Default: any, whichever fits.")
	private String format = "any";

	Wish read(Operations operations) {
		Map<String, Object> params = new HashMap<>();
		put(params, WishReader.CLIENT_ID, this.clientId);
		put(params, WishReader.TTL, this.ttl);
		put(params, WishReader.CAPABILITY, this.capability);
		put(params, WishReader.KEY_NAME, this.keyName);
		try {
			return new WishReader(new CapabilityJson(operations)).read(params);
		}
		catch (Refused ex) {
			throw new UnreadableInputException(ex.getMessage());
		}
	}

	private static void put(Map<String, Object> params, String name, @Nullable Object value) {
		if (value != null) {
			params.put(name, value);
		}
	}

	Asked asked() {
		try {
			return Asked.valueOf(this.format.toUpperCase(Locale.ROOT).replace('-', '_'));
		}
		catch (IllegalArgumentException ex) {
			throw new UnreadableInputException("--format: must be jwt, token-request, ably-token or any.");
		}
	}

}
