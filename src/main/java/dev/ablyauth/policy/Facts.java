package dev.ablyauth.policy;

import java.util.List;
import java.util.Optional;

import dev.ablyauth.session.AppUser;
import dev.cel.runtime.CelVariableResolver;

/**
 * The names that a condition may use, and their values for one request.
 */
record Facts(AppUser user, RequestFacts request) implements CelVariableResolver {

	static final String USER_ID = "user.id";

	static final String USER_ROLES = "user.roles";

	static final String USER_GUEST = "user.guest";

	static final String USER_SOURCE = "user.source";

	static final String USER_ISSUER = "user.issuer";

	static final String CLAIMS = "claims";

	static final String REQUEST_ADDRESS = "request.address";

	static final String REQUEST_ORIGIN = "request.origin";

	static final String REQUEST_NOW = "request.now";

	static final String REQUEST_SESSION = "request.session";

	/** All names but {@code claims}, in the order of the documents. */
	static final List<String> NAMES = List.of(USER_ID, USER_ROLES, USER_GUEST, USER_SOURCE, USER_ISSUER,
			REQUEST_ADDRESS, REQUEST_ORIGIN, REQUEST_NOW, REQUEST_SESSION);

	@Override
	public Optional<Object> find(String name) {
		return switch (name) {
			case USER_ID -> Optional.of(this.user.id());
			case USER_ROLES -> Optional.of(this.user.roles());
			case USER_GUEST -> Optional.of(this.user.guest());
			case USER_SOURCE, REQUEST_SESSION -> Optional.of(this.user.source().kind());
			case USER_ISSUER -> Optional.of(this.user.source().issuer());
			case CLAIMS -> Optional.of(new ClaimsValue(this.user.claims()));
			case REQUEST_ADDRESS -> Optional.of(this.request.address());
			case REQUEST_ORIGIN -> Optional.of(this.request.origin());
			case REQUEST_NOW -> Optional.of(this.request.now());
			default -> Optional.empty();
		};
	}

}
