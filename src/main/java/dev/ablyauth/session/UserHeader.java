package dev.ablyauth.session;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * The name of the user in a plain header, which anybody can write: it counts from a
 * trusted proxy that also knows the secret, and from anybody else it is an attempt that
 * must be seen.
 */
final class UserHeader implements Assertion {

	private static final int MAX_BYTE = 0xFF;

	private final TrustedPeers proxies;

	private final String secretHeader;

	private final byte[] secretHash;

	private final @Nullable String rolesHeader;

	private final UnaryOperator<String> ownId;

	/**
	 * Creates an assertion.
	 * @param ownId gives a user of this proxy an id that nobody else can give
	 */
	UserHeader(ProxyAssertionProperties settings, TrustedPeers proxies, UnaryOperator<String> ownId) {
		this.proxies = proxies;
		this.secretHeader = settings.secretHeader();
		this.secretHash = hash(settings.secretBytes());
		this.rolesHeader = settings.rolesHeader();
		this.ownId = ownId;
	}

	/** Both are looked at, so that the time tells nothing about either. */
	@Override
	public AppUser user(String value, Credentials credentials) {
		boolean fromProxy = this.proxies.include(credentials.peer());
		boolean withSecret = hasSecret(credentials);
		if (!fromProxy || !withSecret) {
			throw Assertion.invalid();
		}
		AppUser.Source source = new AppUser.Source(ProxyAssertionSessions.KIND, ProxyAssertionSessions.KIND);
		return new AppUser(this.ownId.apply(text(value)), roles(credentials), Map.of(), source, AppUser.NO_END);
	}

	private boolean hasSecret(Credentials credentials) {
		List<String> values = credentials.headers(this.secretHeader);
		return values.size() == 1 && MessageDigest.isEqual(hash(bytes(values.get(0))), this.secretHash);
	}

	private List<String> roles(Credentials credentials) {
		List<String> roles = new ArrayList<>();
		for (String header : (this.rolesHeader != null) ? credentials.headers(this.rolesHeader) : List.<String>of()) {
			for (String role : text(header).split(",", -1)) {
				if (!role.isBlank()) {
					roles.add(role.strip());
				}
			}
		}
		return roles;
	}

	/** RFC 9110 5.5: a header is bytes. What they spell must be ASCII or UTF-8. */
	private static String text(String header) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(header))).toString();
		}
		catch (CharacterCodingException ex) {
			throw Assertion.invalid();
		}
	}

	/** Servlet containers give each byte as the character of the same number. */
	private static byte[] bytes(String header) {
		if (header.chars().anyMatch((character) -> character > MAX_BYTE)) {
			throw Assertion.invalid();
		}
		return header.getBytes(StandardCharsets.ISO_8859_1);
	}

	/** Of one length, so that not even the length of the secret can be measured. */
	private static byte[] hash(byte[] bytes) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(bytes);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
