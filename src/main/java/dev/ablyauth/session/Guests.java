package dev.ablyauth.session;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;

/**
 * People who did not sign in. Each has an id that stays, in a cookie of this server or in
 * a token that a phone keeps and sends as its bearer.
 */
public final class Guests implements SessionKind {

	/** Where a client that has signed in shows which guest it was. */
	public static final String HEADER = "X-Ably-Auth-Guest";

	private final GuestProperties settings;

	private final GuestTokens tokens;

	Guests(GuestProperties settings, GuestTokens tokens) {
		this.settings = settings;
		this.tokens = tokens;
	}

	/**
	 * Tells whether there are any.
	 * @return whether the settings allow guests
	 */
	public boolean enabled() {
		return this.settings.enabled();
	}

	@Override
	public String name() {
		return AppUser.Source.GUEST;
	}

	@Override
	public Optional<AppUser> ofHeaders(Credentials credentials) {
		return enabled() ? credentials.bearer().flatMap(this.tokens::guest) : Optional.empty();
	}

	/** Whatever is in the cookie was put there by this server, or is not valid. */
	@Override
	public Optional<AppUser> ofCookies(Credentials credentials) {
		return cookies(credentials).findFirst()
			.map((token) -> this.tokens.guest(token).orElseThrow(GuestTokens::invalid));
	}

	private Stream<String> cookies(Credentials credentials) {
		return enabled() ? credentials.cookies(this.settings.cookieName()).stream().filter((token) -> !token.isEmpty())
				: Stream.of();
	}

	/**
	 * Asks which guest somebody was before.
	 * @param credentials what came with the request; what is no valid guest token in them
	 * does not matter
	 * @return the guest's id, or empty if none can be proven
	 * @throws Refused if the credentials cannot be read, or a cookie does not count
	 */
	public Optional<String> knownId(Credentials credentials) {
		return Stream.concat(credentials.bearer().stream(), cookies(credentials))
			.map(this::validId)
			.flatMap(Stream::ofNullable)
			.findFirst();
	}

	/**
	 * Lets a guest stay.
	 * @param id which was proven
	 * @return a guest token that is good from now on
	 */
	public GuestToken renew(String id) {
		return this.tokens.sign(id);
	}

	/**
	 * Makes somebody a guest, with an id that nobody had before.
	 * @return a guest token that is good from now on
	 */
	public GuestToken begin() {
		return this.tokens.sign(this.tokens.newId());
	}

	/**
	 * Says which guest a signed-in person was. A claim of this name that the session
	 * brings is not believed: whoever merges by it could be made to give a person the
	 * things of a guest who is somebody else.
	 */
	AppUser knownBefore(AppUser user, Credentials credentials) {
		return enabled() ? user.with(AppUser.GUEST_ID, idBeside(credentials)) : user;
	}

	private @Nullable String idBeside(Credentials credentials) {
		return Stream.concat(credentials.headers(HEADER).stream(), cookiesThatCount(credentials).stream())
			.map(this::validId)
			.flatMap(Stream::ofNullable)
			.findFirst()
			.orElse(null);
	}

	private List<String> cookiesThatCount(Credentials credentials) {
		try {
			return cookies(credentials).toList();
		}
		catch (Refused ex) {
			return List.of();
		}
	}

	private @Nullable String validId(String token) {
		try {
			return this.tokens.guest(token).map(AppUser::id).orElse(null);
		}
		catch (Refused ex) {
			return null;
		}
	}

	/** What the other kinds may see: no service but this one is shown a guest token. */
	Credentials hiddenIn(Credentials credentials) {
		return enabled() ? new WithoutGuest(credentials, this.settings.cookieName()) : credentials;
	}

	/**
	 * Tells whether somebody pretends to be a guest.
	 * @param user whom somebody describes
	 * @return whether the id is one of guests and the user is none
	 */
	public boolean isMistaken(AppUser user) {
		return !user.guest() && this.settings.owns(user.id());
	}

}
