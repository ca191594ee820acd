package dev.ablyauth.policy;

import java.util.Objects;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.session.AppUser;
import org.jspecify.annotations.Nullable;

/**
 * What another policy would change for one request.
 *
 * @param kind in one word
 * @param more what the user would get too, or null
 * @param less what the user would get no longer, or null
 * @param note what else would change, or an empty text
 */
public record Difference(Kind kind, @Nullable Capability more, @Nullable Capability less, String note) {

	/**
	 * Compares two policies.
	 * @param live the one in use
	 * @param other the other one
	 * @param user who asks
	 * @param wish what the client asks for
	 * @param request what is known of the request
	 * @return the difference, perhaps of the kind {@code SAME}
	 */
	public static Difference between(Policy live, Policy other, AppUser user, Wish wish, RequestFacts request) {
		return Outcome.of(live, user, wish, request).to(Outcome.of(other, user, wish, request));
	}

	/** In one word. */
	public enum Kind {

		/** Nothing changes. */
		SAME,
		/** The user gets more. */
		MORE,
		/** The user gets less. */
		LESS,
		/** Some more and some less, or the same as another client. */
		OTHER

	}

	/**
	 * What one policy says.
	 *
	 * @param grant what it gives, or null
	 * @param refused why it gives nothing, or null
	 */
	record Outcome(@Nullable Grant grant, @Nullable Refused refused) {

		static Outcome of(Policy policy, AppUser user, Wish wish, RequestFacts request) {
			try {
				return new Outcome(policy.grant(user, wish, request), null);
			}
			catch (Refused ex) {
				return new Outcome(null, ex);
			}
		}

		Difference to(Outcome other) {
			if (this.grant == null || other.grant == null) {
				return toOrFromRefusal(other);
			}
			Capability more = this.grant.capability().missingOf(other.grant.capability()).orElse(null);
			Capability less = other.grant.capability().missingOf(this.grant.capability()).orElse(null);
			String note = changes(this.grant, other.grant);
			Kind kind = (more != null) ? ((less != null) ? Kind.OTHER : Kind.MORE)
					: (less != null) ? Kind.LESS : note.isEmpty() ? Kind.SAME : Kind.OTHER;
			return new Difference(kind, more, less, note);
		}

		private Difference toOrFromRefusal(Outcome other) {
			if (this.grant != null) {
				return new Difference(Kind.LESS, null, this.grant.capability(), message(other.refused));
			}
			if (other.grant != null) {
				return new Difference(Kind.MORE, other.grant.capability(), null, message(this.refused));
			}
			return new Difference(Kind.SAME, null, null, "");
		}

		private static String message(@Nullable Refused refused) {
			return "refused: " + Objects.requireNonNull(refused).getMessage();
		}

		private static String changes(Grant from, Grant to) {
			StringBuilder changes = new StringBuilder();
			append(changes, "clientId", from.clientId(), to.clientId());
			append(changes, "ttl", from.lifetime().duration(), to.lifetime().duration());
			append(changes, "format", from.format(), to.format());
			append(changes, "jwt", from.features(), to.features());
			return changes.toString();
		}

		private static void append(StringBuilder changes, String what, @Nullable Object from, @Nullable Object to) {
			if (!Objects.equals(from, to)) {
				changes.append(changes.isEmpty() ? "" : ", ")
					.append(what)
					.append(": ")
					.append(from)
					.append(" to ")
					.append(to);
			}
		}

	}

}
