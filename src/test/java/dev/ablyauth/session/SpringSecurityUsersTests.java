package dev.ablyauth.session;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.jwt.Jwt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whom an app's own security context holds, as a user.
 */
class SpringSecurityUsersTests {

	private static final Instant END = Instant.parse("2026-01-01T00:02:00Z");

	private static final List<SimpleGrantedAuthority> ROLES = List.of(new SimpleGrantedAuthority("member"));

	private final AppUsers users = AppUsers.ofSpringSecurity();

	@Test
	void ofWhenFormLoginThenNameAndAuthorities() {
		AppUser user = user(new UsernamePasswordAuthenticationToken("ann", "secret", ROLES));
		assertThat(user).isEqualTo(new AppUser("ann", List.of("member"), Map.of(),
				new AppUser.Source("spring-security", "spring-security"), AppUser.NO_END));
	}

	@Test
	void ofWhenOpaqueTokenThenItsAttributesAndItsEnd() {
		var principal = new DefaultOAuth2AuthenticatedPrincipal("ann",
				Map.of("team", "red", "exp", END, "aud", List.of("app")), AuthorityUtils.NO_AUTHORITIES);
		var token = new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "opaque", END.minusSeconds(60), END);
		AppUser user = user(new UsernamePasswordAuthenticationToken(principal, token, ROLES));
		assertThat(user.id()).isEqualTo("ann");
		assertThat(user.expires()).isEqualTo(END);
		assertThat(user.claims()).isEqualTo(Map.of("team", "red", "exp", END.getEpochSecond(), "aud", List.of("app")));
	}

	@Test
	void ofWhenJwtThenItsClaimsAndItsEnd() {
		Jwt jwt = Jwt.withTokenValue("a.b.c")
			.header("alg", "RS256")
			.subject("ann")
			.claim("team", "red")
			.expiresAt(END)
			.build();
		Authentication authentication = new UsernamePasswordAuthenticationToken(jwt, jwt, ROLES) {
			@Override
			public String getName() {
				return "ann";
			}
		};
		AppUser user = user(authentication);
		assertThat(user.expires()).isEqualTo(END);
		assertThat(user.claims()).containsEntry("team", "red").containsEntry("exp", END.getEpochSecond());
	}

	private AppUser user(Authentication authentication) {
		return this.users.of(authentication).orElseThrow();
	}

}
