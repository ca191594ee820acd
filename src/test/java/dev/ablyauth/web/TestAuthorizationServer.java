package dev.ablyauth.web;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;

import dev.ablyauth.AblyAuthAutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.json.JsonMapper;

/**
 * Spring Authorization Server on a free port, which gives opaque tokens to its clients.
 */
final class TestAuthorizationServer implements AutoCloseable {

	/** A client whose secret is not the same as its form encoding. */
	static final String CLIENT_ID = "ably auth:1";

	static final String CLIENT_SECRET = "p+w %d=\u00fc&canary-client-secret";

	static final Duration LIFE = Duration.ofMinutes(20);

	private final ConfigurableApplicationContext context;

	private TestAuthorizationServer(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static TestAuthorizationServer start() {
		return new TestAuthorizationServer(
				new SpringApplicationBuilder(Application.class).run("--server.port=0", "--server.address=127.0.0.1",
						"--spring.main.log-startup-info=false", "--spring.config.location=optional:classpath:/"));
	}

	URI uri(String path) {
		int port = Objects.requireNonNull(((ServletWebServerApplicationContext) this.context).getWebServer()).getPort();
		return URI.create("http://127.0.0.1:" + port + path);
	}

	/** Gives a token of the service "robot". */
	String token() {
		return new JsonMapper().readTree(post("/oauth2/token", "grant_type=client_credentials").body())
			.get("access_token")
			.asString();
	}

	void revoke(String token) {
		post("/oauth2/revoke", "token=" + token);
	}

	private HttpResponse<String> post(String path, String form) {
		String basic = Base64.getEncoder().encodeToString("robot:robot-secret".getBytes(StandardCharsets.US_ASCII));
		HttpResponse<String> answer = Http.post(uri(path), form, "Content-Type", "application/x-www-form-urlencoded",
				"Authorization", "Basic " + basic);
		if (answer.statusCode() != 200) {
			throw new IllegalStateException(path + " answers " + answer.statusCode());
		}
		return answer;
	}

	@Override
	public void close() {
		this.context.close();
	}

	/** Not a configuration that the server under test would find. */
	@EnableAutoConfiguration(exclude = AblyAuthAutoConfiguration.class)
	static class Application {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			OAuth2AuthorizationServerConfigurer server = new OAuth2AuthorizationServerConfigurer();
			return http.securityMatcher(server.getEndpointsMatcher()).with(server, (defaults) -> {
			}).authorizeHttpRequests((requests) -> requests.anyRequest().authenticated()).build();
		}

		@Bean
		InMemoryRegisteredClientRepository clients() {
			return new InMemoryRegisteredClientRepository(client("robot", "robot-secret"),
					client(CLIENT_ID, CLIENT_SECRET));
		}

		private static RegisteredClient client(String id, String secret) {
			return RegisteredClient.withId(UUID.randomUUID().toString())
				.clientId(id)
				.clientSecret("{noop}" + secret)
				.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
				.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
				.tokenSettings(TokenSettings.builder()
					.accessTokenFormat(OAuth2TokenFormat.REFERENCE)
					.accessTokenTimeToLive(LIFE)
					.build())
				.build();
		}

		@Bean
		AuthorizationServerSettings settings() {
			return AuthorizationServerSettings.builder().build();
		}

	}

}
