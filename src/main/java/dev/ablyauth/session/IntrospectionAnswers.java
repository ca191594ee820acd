package dev.ablyauth.session;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a provider says of a token. RFC 7662 2.2 and 2.3. Whatever is not as it
 * should be is an outage of the provider and says nothing of the token.
 */
final class IntrospectionAnswers {

	/** How far two clocks may differ, as for JWTs. */
	private static final long SKEW = 30;

	private static final long MAX_TIME = AppUser.NO_END.getEpochSecond();

	private static final int OK = 200;

	/** RFC 6750, and what some providers say instead. */
	private static final List<String> ACCESS_TOKENS = List.of("Bearer", "access_token");

	private final IntrospectionProperties settings;

	private final Demands demands;

	private final ServiceCalls calls;

	private final UnaryOperator<String> ownId;

	private final Clock clock;

	/**
	 * Creates a reader.
	 * @param calls says in the log what cannot be used
	 * @param ownId gives a user of this provider an id that no other source can give
	 */
	IntrospectionAnswers(IntrospectionProperties settings, ServiceCalls calls, UnaryOperator<String> ownId,
			Clock clock) {
		this.settings = settings;
		this.demands = new Demands(settings.audiences(), settings.requiredClaims());
		this.calls = calls;
		this.ownId = ownId;
		this.clock = clock;
	}

	Introspected read(HttpResponse<byte[]> response) {
		if (response.statusCode() != OK) {
			throw this.calls.unusable("answers " + response.statusCode());
		}
		Map<String, Object> claims = claims(response.body());
		if (!(claims.get("active") instanceof Boolean active)) {
			throw unreadable();
		}
		return active ? introspected(claims) : Introspected.INACTIVE;
	}

	private Map<String, Object> claims(byte[] body) {
		try {
			return Claims.read(body);
		}
		catch (IllegalArgumentException ex) {
			throw unreadable();
		}
	}

	private Refused unreadable() {
		return this.calls.unusable("gives an answer that is no answer of RFC 7662");
	}

	private Introspected introspected(Map<String, Object> claims) {
		Instant expires = Instant.ofEpochSecond(time(claims, "exp", MAX_TIME));
		Instant begins = Instant.ofEpochSecond(time(claims, "nbf", 0)).minusSeconds(SKEW);
		String id = id(new ClaimPath(this.settings.userId()).find(claims));
		Instant now = this.clock.instant();
		if (id.isEmpty() || !isAccessToken(claims) || !this.demands.areMetBy(claims) || !now.isBefore(expires)
				|| now.isBefore(begins)) {
			return Introspected.refused(SessionRefusals.invalid());
		}
		try {
			return Introspected.of(new AppUser(this.ownId.apply(id),
					Demands.texts(new ClaimPath(this.settings.roles()).find(claims)), claims, source(claims), expires));
		}
		catch (Refused refused) {
			return Introspected.refused(refused);
		}
	}

	/** RFC 7662 2.2: seconds since 1970; a part of a second is not counted. */
	private long time(Map<String, Object> claims, String name, long absent) {
		Object value = claims.getOrDefault(name, absent);
		if (value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= MAX_TIME) {
			return number.longValue();
		}
		throw unreadable();
	}

	/**
	 * RFC 7662 2.2: the provider may say who issued the token; one host may be several.
	 */
	private AppUser.Source source(Map<String, Object> claims) {
		String issuer = (claims.get("iss") instanceof String said && !said.isEmpty()) ? said : this.calls.host();
		return new AppUser.Source(IntrospectionSessions.KIND, issuer);
	}

	/** A text, or a whole number as some providers have them; else nothing. */
	private static String id(@Nullable Object value) {
		return (value instanceof String || value instanceof Long) ? value.toString() : "";
	}

	/**
	 * RFC 7662 2.2 and RFC 6749 5.1. A provider may know refresh tokens, ID tokens, and
	 * those that are bound to a key (RFC 9449), which prove nothing by themselves.
	 */
	private static boolean isAccessToken(Map<String, Object> claims) {
		Object type = claims.get("token_type");
		return type == null || ACCESS_TOKENS.stream().anyMatch(type.toString()::equalsIgnoreCase);
	}

}
