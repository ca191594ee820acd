package dev.ablyauth.policy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

import dev.ablyauth.ably.ClientId;
import dev.ablyauth.ably.KeyName;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Reads TokenParams as wishes: {@code clientId}, {@code ttl} and {@code capability}; and
 * {@code keyName}, which is none of them.
 */
public final class WishReader {

	/** The name of a wish for somebody to be. */
	public static final String CLIENT_ID = "clientId";

	/** The name of a wish for some time. */
	public static final String TTL = "ttl";

	/** The name of a wish for some rights. */
	public static final String CAPABILITY = "capability";

	/** The name of a wish for the key that signed the last token. */
	public static final String KEY_NAME = "keyName";

	private static final int MAX_TTL_LENGTH = 20;

	private static final int MILLIS = 3;

	/** Longer than any token lives; what is longer is the same wish. */
	private static final BigDecimal MAX_TTL = BigDecimal.valueOf(Duration.ofDays(3650).toMillis());

	private final CapabilityJson capabilities;

	/**
	 * Creates a reader.
	 * @param capabilities reads wished capabilities
	 */
	public WishReader(CapabilityJson capabilities) {
		this.capabilities = capabilities;
	}

	/**
	 * Reads the wish.
	 * @param params by name; texts, or whole numbers as longs; other names are ignored
	 * @return the wish
	 * @throws Refused if a parameter cannot be read; the message names it
	 */
	public Wish read(Map<String, ?> params) {
		return new Wish(read(params, CLIENT_ID, WishReader::clientId), read(params, TTL, WishReader::ttl),
				read(params, CAPABILITY, (value) -> this.capabilities.read(text(value))),
				read(params, KEY_NAME, (value) -> new KeyName(text(value))));
	}

	private static <T> @Nullable T read(Map<String, ?> params, String name, Function<Object, T> reader) {
		Object value = params.get(name);
		if (value == null) {
			return null;
		}
		try {
			return reader.apply(value);
		}
		catch (IllegalArgumentException ex) {
			throw new Refused(Reason.INVALID_PARAMETER, name + ": " + ex.getMessage() + ".");
		}
	}

	private static ClientId clientId(Object value) {
		return text(value).equals("*") ? ClientId.wildcard() : ClientId.of(text(value));
	}

	private static String text(Object value) {
		if (value instanceof String text) {
			return text;
		}
		throw new IllegalArgumentException("must be text");
	}

	/**
	 * Reads a ttl: milliseconds; as text, a decimal fraction is seconds, which is how
	 * ably-cocoa sends it.
	 */
	private static Duration ttl(Object value) {
		if (value instanceof Long millis) {
			return positive(BigDecimal.valueOf(millis));
		}
		if (value instanceof String text && text.length() <= MAX_TTL_LENGTH && text.matches("[0-9]+(\\.[0-9]+)?")) {
			BigDecimal number = new BigDecimal(text);
			return positive((text.indexOf('.') >= 0) ? number.movePointRight(MILLIS) : number);
		}
		throw new IllegalArgumentException("must be a whole number of milliseconds");
	}

	private static Duration positive(BigDecimal millis) {
		if (millis.signum() <= 0) {
			throw new IllegalArgumentException("must be more than 0");
		}
		return Duration.ofMillis(millis.min(MAX_TTL).longValue());
	}

}
