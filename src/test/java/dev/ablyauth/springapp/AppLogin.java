package dev.ablyauth.springapp;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.ablyauth.AblyAuthAutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUserAuthority;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/**
 * What all the apps have: form login for ann and bob, a page for everybody, and logins
 * whose principals are of other classes. No stereotype, so that no scan finds it.
 */
@EnableAutoConfiguration(exclude = AblyAuthAutoConfiguration.class)
class AppLogin {

	@Bean
	UserDetailsService users() {
		return new InMemoryUserDetailsManager(
				User.withUsername("ann").password("{noop}pw-ann").roles("USER", "ADMIN").build(),
				User.withUsername("bob").password("{noop}pw-bob").roles("USER").build());
	}

	@Bean
	SecurityFilterChain security(HttpSecurity http) {
		http.authorizeHttpRequests((requests) -> requests.requestMatchers("/visit", "/oidc", "/own")
			.permitAll()
			.anyRequest()
			.authenticated());
		return http.formLogin((form) -> form.defaultSuccessUrl("/visit", true))
			.csrf((csrf) -> csrf.disable())
			.logout((logout) -> logout.logoutSuccessUrl("/visit"))
			.build();
	}

	@Bean
	HandlerMapping pages() {
		HttpRequestHandler visit = (request, response) -> request.getSession().setAttribute("visited", 1);
		HttpRequestHandler oidc = (request, response) -> signIn(oidcUser(), request, response);
		HttpRequestHandler own = (request, response) -> signIn(UsernamePasswordAuthenticationToken.authenticated(
				new OwnPrincipal("ann", 7), null, AuthorityUtils.createAuthorityList("member")), request, response);
		return new SimpleUrlHandlerMapping(Map.of("/visit", visit, "/oidc", oidc, "/own", own), -1);
	}

	/** As the login filters of Spring Security do. */
	private static void signIn(AbstractAuthenticationToken user, HttpServletRequest request,
			HttpServletResponse response) {
		user.setDetails(new WebAuthenticationDetails(request));
		new HttpSessionSecurityContextRepository().saveContext(new SecurityContextImpl(user), request, response);
	}

	/** As an OpenID provider would make it. */
	static AbstractAuthenticationToken oidcUser() {
		Map<String, Object> claims = new HashMap<>(Map.of("sub", "0815", "email", "ann@example.com", "realm_access",
				Map.of("roles", List.of("x.y", "member")), "email_verified", true, "auth_time", Instant.EPOCH));
		claims.put("iss", url("https://login.example.com/realms/one?a=b#c"));
		OidcIdToken token = new OidcIdToken("id-token-value", Instant.EPOCH, Instant.EPOCH.plusSeconds(60), claims);
		DefaultOidcUser user = new DefaultOidcUser(List.of(new OidcUserAuthority(token)), token,
				OidcUserInfo.builder().nickname("annie").build());
		return new OAuth2AuthenticationToken(user, user.getAuthorities(), "keycloak");
	}

	private static java.net.URL url(String text) {
		try {
			return new java.net.URL(text);
		}
		catch (java.net.MalformedURLException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
