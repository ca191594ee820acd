package dev.ablyauth.cli;

import java.util.function.Predicate;

import dev.ablyauth.ably.ApiKey;
import dev.ablyauth.ably.KeyName;
import dev.ablyauth.ably.KeySecret;
import org.jspecify.annotations.Nullable;

/**
 * Which key a token names, and whether that key has signed it.
 *
 * @param known the key at hand
 * @param report takes what is found
 */
record KeyNames(KnownKey known, Report report) {

	/**
	 * Judges the name of the key.
	 * @return the name, or null if there is none that could be one. What has another form
	 * is not shown: some put the whole key there, with its secret
	 */
	@Nullable KeyName name(String field, @Nullable String text) {
		KeyName name = (text != null) ? parse(text) : null;
		if (text == null) {
			this.report.warn("key-name-missing", field + " is missing: Ably cannot know which key has signed.");
		}
		else if (name == null) {
			this.report.warn("key-name-form",
					field + " is not a key name of the form appId.keyId." + ((text.indexOf(':') >= 0)
							? " If it is the whole key, its secret is public now: revoke it." : ""));
		}
		this.report.fact("keyName", "key name", (name != null) ? name.value() : null,
				(name != null) ? name.value() : "none");
		return name;
	}

	private static @Nullable KeyName parse(String text) {
		try {
			return new KeyName(text);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	void signature(@Nullable KeyName name, Predicate<KeySecret> isSignedBy) {
		ApiKey key = this.known.key();
		if (key == null) {
			fact("not-checked", "not checked: no key at hand (--key-file or " + KeyOptions.VARIABLE + ")");
		}
		else if (name != null && !key.name().equals(name)) {
			this.report.warn("other-key", "It names the key " + name + ", and the key at hand is " + key.name() + ".");
			fact("not-checked", "not checked: the key at hand is another one");
		}
		else if (isSignedBy.test(key.secret())) {
			fact("valid", "valid");
		}
		else {
			this.report.warn("signature", "The signature is not the one of the key " + key.name() + ".");
			fact("not-valid", "not valid");
		}
	}

	private void fact(String state, String words) {
		this.report.fact("signature", "signature", state, words);
	}

}
