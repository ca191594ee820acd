package dev.ablyauth.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import dev.ablyauth.TestServer;
import dev.ablyauth.session.AppTokens;
import org.jspecify.annotations.Nullable;

/**
 * Admin credentials of every kind, by name, and the settings that make them good.
 */
public final class AdminTokens {

	/** A token that may do everything. */
	public static final String ALL = "canary-admin-token-0123456789+/abcdefghijk=";

	/** A token that nobody has given out. */
	public static final String WRONG = "canary-wrong-admin-token-0123456789";

	/** Who issues the JWTs of admins. */
	static final String ISSUER = "https://admins.example.com/";

	/** The secret of these JWTs. */
	public static final String SECRET = "canary-admin-secret-of-more-than-32-bytes";

	private static final List<String> SCOPES = List.of("metrics", "read", "mint", "revoke");

	private AdminTokens() {
	}

	/** The settings for all of these credentials, and more. */
	public static String[] settings(String... more) {
		List<String> settings = new ArrayList<>(List.of("ably-auth.rate-limit.per-admin=none",
				"ably-auth.admin.token-hashes=" + hash(ALL), "ably-auth.admin.jwt.issuer=" + ISSUER,
				"ably-auth.admin.jwt.audiences=ably-auth-server", "ably-auth.admin.jwt.secret=" + SECRET));
		for (int i = 0; i < SCOPES.size(); i++) {
			settings.add("ably-auth.admin.tokens[" + i + "].hash=" + hash(token(SCOPES.get(i))));
			settings.add("ably-auth.admin.tokens[" + i + "].scopes=" + SCOPES.get(i));
		}
		settings.addAll(Arrays.asList(more));
		return settings.toArray(String[]::new);
	}

	/** A token that has one scope. */
	public static String token(String scope) {
		return "canary-admin-token-for-" + scope + "-0123456789";
	}

	static String hash(String token) {
		try {
			return "sha256:" + HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static AppTokens jwt() {
		return AppTokens.hs256(ISSUER, SECRET).subject("olga").audience("ably-auth-server");
	}

	/** JWTs that may do everything. */
	public static AppTokens adminJwt() {
		return jwt().claim("scope", "openid ably-auth:admin");
	}

	/** The token that a table names, or null for none. */
	static @Nullable String named(String name) {
		return switch (name) {
			case "none" -> null;
			case "wrong" -> WRONG;
			case "all" -> ALL;
			case "hash of all" -> hash(ALL);
			case "digits of all" -> hash(ALL).substring("sha256:".length());
			case "session" -> TestServer.ann();
			case "jwt admin" -> adminJwt().token();
			case "jwt scp text" -> jwt().claim("scp", "ably-auth:admin profile").token();
			case "jwt scp list" -> jwt().claim("scp", List.of("profile", "ably-auth:admin")).token();
			case "jwt read" -> jwt().claim("scope", "ably-auth:read").token();
			case "jwt mint in scp" -> jwt().claim("scope", "openid").claim("scp", List.of("ably-auth:mint")).token();
			case "jwt no scope" -> jwt().token();
			case "jwt other scopes" -> jwt().claim("scope", "admin read Ably-Auth:admin ably-auth:admins").token();
			case "jwt scope list" -> jwt().claim("scope", List.of("ably-auth:admin")).token();
			case "jwt scope with tabs" -> jwt().claim("scope", "ably-auth:admin\tx").token();
			case "jwt expired" -> adminJwt().expiresIn(Duration.ofMinutes(-1)).token();
			case "jwt other audience" -> adminJwt().audience("my-app").token();
			case "jwt other issuer" -> adminJwt().claim("iss", TestServer.ISSUER).token();
			case "jwt other key" -> AppTokens.hs256(ISSUER, TestServer.SECRET)
				.subject("olga")
				.audience("ably-auth-server")
				.claim("scope", "ably-auth:admin")
				.token();
			case "jwt no subject" -> adminJwt().without("sub").token();
			default -> token(name);
		};
	}

}
