package dev.ablyauth.session;

import java.util.List;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.core.user.OAuth2User;

/**
 * What a serialized token of the same name of Spring Security's OAuth2 client is read as,
 * so that this server needs no OAuth2 client.
 */
@SuppressWarnings("serial") // an OAuth2User is serializable where it was serialized
final class OAuth2AuthenticationToken extends AbstractAuthenticationToken {

	private static final long serialVersionUID = 620L;

	private final OAuth2User principal;

	private final String authorizedClientRegistrationId;

	/**
	 * Creates a token.
	 */
	OAuth2AuthenticationToken(OAuth2User principal, String authorizedClientRegistrationId) {
		super(List.of());
		this.principal = principal;
		this.authorizedClientRegistrationId = authorizedClientRegistrationId;
	}

	@Override
	public Object getPrincipal() {
		return this.principal;
	}

	@Override
	public Object getCredentials() {
		return "";
	}

	/** Shows which login it was, and nothing of the person. */
	@Override
	public String toString() {
		return "OAuth2AuthenticationToken(" + this.authorizedClientRegistrationId + ")";
	}

}
