package dev.ablyauth.session;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The person who is signed in to the app, whatever kind of session said so.
 *
 * @param id who this is, with the prefix of its issuer; one person has one id
 * @param roles what the app calls this person, in its own words
 * @param claims what else the session says: strings, longs, doubles, booleans, lists and
 * maps of these; a JSON null is an absent claim
 * @param source which session kind and issuer said so
 * @param expires when the session ends; no token outlives it
 */
public record AppUser(String id, Collection<String> roles, Map<String, Object> claims, Source source, Instant expires) {

	/** When a session ends that has no end: of users whom somebody describes. */
	public static final Instant NO_END = Instant.parse("9999-12-31T00:00:00Z");

	/** The claim that tells who somebody is, or was, as a guest. */
	public static final String GUEST_ID = "guestId";

	/**
	 * Copies the roles, so that nobody can add one.
	 */
	public AppUser {
		roles = List.copyOf(roles);
	}

	/**
	 * Makes a guest, of whom nothing is known but the id.
	 * @param id who this is
	 * @param expires when the guest token ends
	 * @return the guest
	 */
	public static AppUser guest(String id, Instant expires) {
		return new AppUser(id, List.of(), Map.of(GUEST_ID, id), new Source(Source.GUEST, Source.GUEST), expires);
	}

	/**
	 * Tells whether this is a guest and not a signed-in person.
	 * @return whether the source is the guests' own
	 */
	public boolean guest() {
		return this.source.kind().equals(Source.GUEST);
	}

	/**
	 * Returns the same person with a session of another kind. A guest stays a guest, and
	 * gets no more than one.
	 * @param kind the session kind
	 * @return the user
	 */
	public AppUser of(String kind) {
		return guest() ? this
				: new AppUser(this.id, this.roles, this.claims, new Source(kind, this.source.issuer()), this.expires);
	}

	/**
	 * Returns the same person with a session that ends no later.
	 * @param latest when it ends at the latest
	 * @return the user
	 */
	public AppUser until(Instant latest) {
		return latest.isBefore(this.expires) ? new AppUser(this.id, this.roles, this.claims, this.source, latest)
				: this;
	}

	/**
	 * Returns the same person with another value of one claim.
	 * @param claim its name
	 * @param value its value, or null for none
	 * @return the user
	 */
	AppUser with(String claim, @Nullable Object value) {
		if (Objects.equals(this.claims.get(claim), value)) {
			return this;
		}
		Map<String, Object> changed = new LinkedHashMap<>(this.claims);
		if (value != null) {
			changed.put(claim, value);
		}
		else {
			changed.remove(claim);
		}
		return new AppUser(this.id, this.roles, Collections.unmodifiableMap(changed), this.source, this.expires);
	}

	/**
	 * Shows who, and nothing that the session says about them.
	 */
	@Override
	public String toString() {
		return "AppUser(" + this.source + ")";
	}

	/**
	 * Which session kind and issuer said who the user is.
	 *
	 * @param kind {@code jwt}, {@code guest} and the like
	 * @param issuer who issued the session, or the name of the kind again
	 */
	public record Source(String kind, String issuer) {

		/** The kind of guests. */
		public static final String GUEST = "guest";

		@Override
		public String toString() {
			return this.kind + ":" + this.issuer;
		}
	}

}
