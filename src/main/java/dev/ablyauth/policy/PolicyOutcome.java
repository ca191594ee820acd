package dev.ablyauth.policy;

import java.util.Map;
import java.util.Objects;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.JwtFeatures;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.session.AppUser;
import org.jspecify.annotations.Nullable;

/**
 * What one policy says.
 *
 * @param grant what it gives, or null
 * @param refused why it gives nothing, or null
 */
public record PolicyOutcome(@Nullable Grant grant, @Nullable Refused refused) {

	/**
	 * Asks a policy.
	 * @param policy who decides
	 * @param user who asks
	 * @param wish what the client asks for
	 * @param request what is known of the request
	 * @return what it says
	 */
	public static PolicyOutcome of(Policy policy, AppUser user, Wish wish, RequestFacts request) {
		try {
			return new PolicyOutcome(policy.grant(user, wish, request), null);
		}
		catch (Refused ex) {
			return new PolicyOutcome(null, ex);
		}
	}

	/**
	 * Returns the grant.
	 * @return what it gives
	 * @throws Refused if it gives nothing
	 */
	public Grant orRefused() {
		if (this.refused != null) {
			throw this.refused;
		}
		return Objects.requireNonNull(this.grant);
	}

	/**
	 * Compares it with what another policy says.
	 * @param other what the other one says
	 * @return the difference, perhaps of the kind {@code SAME}
	 */
	public Difference to(PolicyOutcome other) {
		if (this.grant == null || other.grant == null) {
			return toOrFromRefusal(other);
		}
		Capability more = this.grant.capability().missingOf(other.grant.capability()).orElse(null);
		Capability less = other.grant.capability().missingOf(this.grant.capability()).orElse(null);
		String note = changes(this.grant, other.grant);
		Difference.Kind kind = (more != null) ? ((less != null) ? Difference.Kind.OTHER : Difference.Kind.MORE)
				: (less != null) ? Difference.Kind.LESS : note.isEmpty() ? Difference.Kind.SAME : Difference.Kind.OTHER;
		return new Difference(kind, more, less, note);
	}

	private Difference toOrFromRefusal(PolicyOutcome other) {
		if (this.grant != null) {
			return new Difference(Difference.Kind.LESS, null, this.grant.capability(), message(other.refused));
		}
		if (other.grant != null) {
			return new Difference(Difference.Kind.MORE, other.grant.capability(), null, message(this.refused));
		}
		return new Difference(Difference.Kind.SAME, null, null, "");
	}

	private static String message(@Nullable Refused refused) {
		return "refused: " + Objects.requireNonNull(refused).getMessage();
	}

	private static String changes(Grant from, Grant to) {
		StringBuilder changes = new StringBuilder();
		append(changes, "clientId", from.clientId(), to.clientId());
		append(changes, "ttl", from.lifetime().duration(), to.lifetime().duration());
		append(changes, "format", from.format(), to.format());
		appendFeatures(changes, from.features(), to.features());
		return changes.toString();
	}

	/** Calls them as the policy file does. */
	private static void appendFeatures(StringBuilder changes, JwtFeatures from, JwtFeatures to) {
		append(changes, "user-claims", from.channelClaims(), to.channelClaims());
		append(changes, "room-claims", from.roomClaims(), to.roomClaims());
		append(changes, "publish-limits", from.publishLimits(), to.publishLimits());
		append(changes, "revocation-key", from.revocationKey(), to.revocationKey());
		append(changes, "client-type", from.server() ? "server" : null, to.server() ? "server" : null);
	}

	private static void append(StringBuilder changes, String what, @Nullable Object from, @Nullable Object to) {
		if (!Objects.equals(from, to)) {
			changes.append(changes.isEmpty() ? "" : ", ")
				.append(what)
				.append(": ")
				.append(orNone(from))
				.append(" to ")
				.append(orNone(to));
		}
	}

	private static Object orNone(@Nullable Object value) {
		return (value == null || value.equals(Map.of())) ? "none" : value;
	}

}
