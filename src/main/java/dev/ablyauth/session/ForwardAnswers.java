package dev.ablyauth.session;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the app says of whoever is signed in. An app that knows nobody says so by
 * its status, or by an answer without an id. Whatever it was not set up to say is an
 * outage and says nothing of the user.
 */
final class ForwardAnswers {

	private static final int OK = 200;

	private static final int UNAUTHORIZED = 401;

	private static final int FORBIDDEN = 403;

	private static final int REDIRECTS = 3;

	private final ForwardProperties settings;

	private final AppUser.Source source;

	private final ServiceCalls calls;

	private final UnaryOperator<String> ownId;

	/**
	 * Creates a reader.
	 * @param calls says in the log what cannot be used
	 * @param ownId gives a user of the app an id that no other source can give
	 */
	ForwardAnswers(ForwardProperties settings, ServiceCalls calls, UnaryOperator<String> ownId) {
		this.settings = settings;
		this.source = new AppUser.Source(ForwardSessions.KIND, calls.host());
		this.calls = calls;
		this.ownId = ownId;
	}

	AppUser read(HttpResponse<byte[]> response) {
		int status = response.statusCode();
		if (status / 100 == REDIRECTS && leadsToItself(response)) {
			throw this.calls.unusable("redirects to another form of its own address; set the url to that one, or tell"
					+ " the app that it is behind a proxy");
		}
		// Any other redirect leads to the login page.
		if (status == UNAUTHORIZED || status == FORBIDDEN || status / 100 == REDIRECTS) {
			throw SessionRefusals.invalid();
		}
		if (status != OK) {
			throw this.calls.unusable("answers " + status);
		}
		Object answer = json(response.body());
		String id = id(at(this.settings.userId(), answer));
		return new AppUser(this.ownId.apply(id), roles(at(this.settings.roles(), answer)),
				claims(at(this.settings.claims(), answer)), this.source, expires(answer));
	}

	/**
	 * Whether the app means the same place on the same host, but with https, or with or
	 * without a slash at the end. Nobody would ever be signed in.
	 */
	private static boolean leadsToItself(HttpResponse<byte[]> response) {
		try {
			URI asked = response.uri();
			URI target = asked.resolve(response.headers().firstValue("Location").orElse("/"));
			return asked.getHost().equals(target.getHost()) && path(asked).equals(path(target))
					&& !(asked.getScheme().equals(target.getScheme()) && asked.getPath().equals(target.getPath()));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static String path(URI uri) {
		return Objects.requireNonNullElse(uri.getPath(), "").replaceAll("/+$", "");
	}

	private @Nullable Object json(byte[] body) {
		try {
			return Claims.readAny(body);
		}
		catch (IllegalArgumentException ex) {
			throw this.calls.unusable("gives an answer that is not JSON, or is nested too deep");
		}
	}

	private static @Nullable Object at(String pointer, @Nullable Object answer) {
		return new ClaimPointer(pointer).find(answer);
	}

	/** A text, or a whole number, which many apps have as ids. */
	private String id(@Nullable Object value) {
		if (value == null || value.equals("")) {
			throw SessionRefusals.invalid();
		}
		if (value instanceof String || value instanceof Integer || value instanceof Long
				|| value instanceof BigInteger) {
			return value.toString();
		}
		throw unexpected(this.settings.userId());
	}

	private List<String> roles(@Nullable Object value) {
		boolean areTexts = (value instanceof Collection<?> items) ? items.stream().allMatch(String.class::isInstance)
				: value == null || value instanceof String;
		if (!areTexts) {
			throw unexpected(this.settings.roles());
		}
		return Demands.texts(value);
	}

	private Map<String, Object> claims(@Nullable Object value) {
		if (value == null) {
			return Map.of();
		}
		if (value instanceof Map<?, ?> object) {
			return Claims.plain(object);
		}
		throw unexpected(this.settings.claims());
	}

	private Instant expires(@Nullable Object answer) {
		String pointer = this.settings.expires();
		Object value = (pointer != null) ? at(pointer, answer) : null;
		if (pointer == null || value == null) {
			return AppUser.NO_END;
		}
		try {
			Instant expires = (value instanceof Number seconds) ? Instant.ofEpochSecond((long) seconds.doubleValue())
					: OffsetDateTime.parse(value.toString()).toInstant();
			if (expires.isBefore(AppUser.NO_END)) {
				return expires;
			}
		}
		catch (DateTimeException ex) {
			// As good as a time that nobody means.
		}
		throw unexpected(pointer);
	}

	/** The pointer is of the settings and not of the answer. */
	private Refused unexpected(String pointer) {
		return this.calls.unusable("gives something else than expected at \"" + pointer + "\"");
	}

}
