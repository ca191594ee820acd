package dev.ablyauth.session;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * What is made of Java serialization, and what never is.
 */
class JavaStreamTests {

	@ParameterizedTest
	@MethodSource("plainValues")
	void valueWhenPlainThenTheSame(Object value) throws SessionStoreException {
		assertThat(JavaStream.value(serialized(value))).isEqualTo(value);
	}

	static Stream<Object> plainValues() {
		return Stream.of("text", 1L, 2, true, 1.5, Instant.EPOCH, Duration.ofDays(1), UUID.randomUUID(),
				new ArrayList<>(List.of(1, "a")), List.of(1, 2, 3), Set.of("a"), Map.of("a", List.of("b")),
				new TreeMap<>(Map.of("a", 1)), java.util.Date.from(Instant.EPOCH), Arrays.asList("a", null));
	}

	@ParameterizedTest
	@MethodSource("otherClasses")
	void valueWhenOtherClassThenRefusedByName(Serializable value, String name) {
		assertRefused(value, name);
		assertRefused(new ArrayList<>(List.of(value)), name);
		assertRefused(new HashMap<>(Map.of("a", value)), name);
		assertRefused(
				new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(value, null, List.of())),
				name);
		UsernamePasswordAuthenticationToken token = UsernamePasswordAuthenticationToken.authenticated("ann", null,
				List.of());
		token.setDetails(value);
		assertRefused(new SecurityContextImpl(token), name);
	}

	/**
	 * The usual starts and ends of gadget chains, and others that do something when read.
	 */
	static Stream<Arguments> otherClasses() throws Exception {
		InvocationHandler handler = (InvocationHandler & Serializable) (proxy, method, args) -> null;
		Object proxy = Proxy.newProxyInstance(JavaStreamTests.class.getClassLoader(), new Class<?>[] { Runnable.class },
				handler);
		return Stream.of(Arguments.of(new Mine(), Mine.class.getName()),
				Arguments.of(new Mine[] { new Mine() }, Mine.class.getName()),
				Arguments.of(new BigDecimal("1"), "java.math.BigDecimal"),
				Arguments.of(InetAddress.getLoopbackAddress(), "java.net.InetAddress"),
				Arguments.of(URI.create("http://127.0.0.1/"), "java.net.URI"),
				Arguments.of(new java.io.File("/tmp"), "java.io.File"),
				Arguments.of(new javax.swing.event.EventListenerList(), "javax.swing.event.EventListenerList"),
				Arguments.of(new javax.management.BadAttributeValueExpException("a"),
						"javax.management.BadAttributeValueExpException"),
				Arguments.of(new java.rmi.server.UID(), "java.rmi.server.UID"), Arguments
					.of(new java.util.concurrent.atomic.AtomicInteger(1), "java.util.concurrent.atomic.AtomicInteger"),
				Arguments.of((Runnable & Serializable) () -> {
				}, "java.lang.invoke.SerializedLambda"), Arguments.of((Serializable) proxy, "java.lang.reflect.Proxy"));
	}

	/** Not even to find out whether there is such a class. */
	@Test
	void valueWhenClassIsNotAllowedThenNotInitialized() {
		assertRefused(new Loud(), Loud.class.getName());
		assertThat(Loud.read).isZero();
	}

	@Test
	void valueWhenNamesHaveControlCharactersThenTheLineIsPlain() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		out.writeInt(0xACED0005);
		out.write(0x73);
		out.write(0x72);
		out.writeUTF("evil\r\n2026 INFO \u001b[31m" + "x".repeat(60_000));
		out.writeLong(1);
		out.write(2);
		out.writeShort(0);
		out.write(0x78);
		out.write(0x70);
		assertThatExceptionOfType(SessionStoreException.class).isThrownBy(() -> JavaStream.value(bytes.toByteArray()))
			.satisfies(
					(ex) -> assertThat(ex.getMessage()).contains("evil??2026").hasSizeLessThan(250).matches("[ -~]*"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 21, 100, 200 })
	void valueWhenNestedTooDeepThenRefused(int depth) {
		Object value = "end";
		for (int i = 0; i < depth; i++) {
			ArrayList<Object> outer = new ArrayList<>();
			outer.add(value);
			value = outer;
		}
		byte[] bytes = serialized(value);
		assertThatExceptionOfType(SessionStoreException.class).isThrownBy(() -> JavaStream.value(bytes))
			.withMessageContaining("nested too deep or too large");
	}

	/** The JDK's filter is not asked for each object of a class that it knows already. */
	@ParameterizedTest
	@ValueSource(ints = { 30, 200 })
	void valueWhenTokensAreNestedTooDeepThenRefused(int depth) {
		Object value = "end";
		for (int i = 0; i < depth; i++) {
			value = new java.util.AbstractMap.SimpleEntry<>("key", value);
		}
		byte[] bytes = serialized(value);
		assertThatExceptionOfType(SessionStoreException.class).isThrownBy(() -> JavaStream.value(bytes));
	}

	/** Each set holds the next two, so the hash of each level takes twice as long. */
	@ParameterizedTest
	@ValueSource(ints = { 17, 100 })
	void valueWhenSetsHoldSetsThenItEndsInTime(int depth) {
		Set<Object> root = new HashSet<>();
		Set<Object> left = root;
		Set<Object> right = new HashSet<>();
		for (int i = 0; i < depth; i++) {
			Set<Object> nextLeft = new HashSet<>(Set.of("not equal"));
			Set<Object> nextRight = new HashSet<>();
			left.addAll(List.of(nextLeft, nextRight));
			right.addAll(List.of(nextLeft, nextRight));
			left = nextLeft;
			right = nextRight;
		}
		byte[] bytes = serialized(root);
		assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
			try {
				assertThat(JavaStream.value(bytes)).isInstanceOf(Set.class);
			}
			catch (SessionStoreException ex) {
				assertThat(depth).isEqualTo(100);
				assertThat(ex).hasMessageContaining("nested too deep");
			}
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 10_001, Integer.MAX_VALUE })
	void valueWhenArrayIsHugeThenNotMade(int length) throws IOException {
		byte[] bytes = serialized(new long[] { 1 });
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(bytes, 0, bytes.length - 12);
		new DataOutputStream(out).writeInt(length);
		out.write(bytes, bytes.length - 8, 8);
		assertThatExceptionOfType(SessionStoreException.class).isThrownBy(() -> JavaStream.value(out.toByteArray()))
			.withMessageContaining("too large");
	}

	@Test
	void valueWhenManyObjectsOrBytesThenRefused() {
		List<Object> many = new ArrayList<>();
		for (int i = 0; i < 9_999; i++) {
			many.add(new ArrayList<>());
		}
		byte[] objects = serialized(new ArrayList<>(List.of(many, "a", "b")));
		assertThatExceptionOfType(SessionStoreException.class).isThrownBy(() -> JavaStream.value(objects));
		byte[] bytes = serialized("a".repeat(256 * 1024));
		assertThatExceptionOfType(SessionStoreException.class).isThrownBy(() -> JavaStream.value(bytes))
			.withMessageContaining("more than 262144 bytes");
	}

	@Test
	void valueWhenTruncatedAnywhereThenRefused() {
		byte[] bytes = serialized(form("ann"));
		assertThatNoException().isThrownBy(() -> JavaStream.value(bytes));
		for (int length = 0; length < bytes.length; length++) {
			byte[] part = Arrays.copyOf(bytes, length);
			assertThatExceptionOfType(SessionStoreException.class).as("first %d bytes", length)
				.isThrownBy(() -> JavaStream.value(part));
		}
	}

	@ParameterizedTest
	@CsvSource({ "5.8.16,form", "5.8.16,remember-me", "6.2.8,form", "6.2.8,remember-me", "6.5.1,form",
			"6.5.1,remember-me" })
	void principalWhenOtherVersionOfSpringSecurityWroteItThenTheSame(String version, String login)
			throws SessionStoreException, IOException {
		SpringPrincipal ann = SessionValues.principal(stored(version, login)).orElseThrow();
		assertThat(ann.name()).isEqualTo("ann");
		assertThat(ann.authorities()).containsExactlyInAnyOrder("ROLE_USER", "ROLE_ADMIN");
	}

	@ParameterizedTest
	@ValueSource(strings = { "6.2.8", "6.5.1" })
	void principalWhenOtherVersionWroteAnOauthLoginThenTheSame(String version)
			throws SessionStoreException, IOException {
		SpringPrincipal openId = SessionValues.principal(stored(version, "oidc")).orElseThrow();
		assertThat(openId.name()).isEqualTo("ann");
		assertThat(openId.attributes()).containsEntry("iss", "https://login.example.com/realms/one")
			.containsEntry("nickname", "annie")
			.containsEntry("iat", Instant.parse("2026-01-01T00:00:00Z").getEpochSecond());
		SpringPrincipal oauth = SessionValues.principal(stored(version, "oauth2")).orElseThrow();
		assertThat(oauth.name()).isEqualTo("42");
		assertThat(oauth.attributes()).isEqualTo(Map.of("id", 42L, "login", "ann"));
	}

	/** Its authority has one field less, and another version number. */
	@ParameterizedTest
	@ValueSource(strings = { "oidc", "oauth2" })
	void principalWhenTheFieldsAreOthersThenRefusedByName(String login) throws IOException {
		byte[] stored = stored("5.8.16", login);
		assertThatExceptionOfType(SessionStoreException.class).isThrownBy(() -> SessionValues.principal(stored))
			.withMessageContaining("org.springframework.security.oauth2.core.user.OAuth2UserAuthority");
	}

	private static byte[] stored(String version, String login) throws IOException {
		return Base64.getMimeDecoder()
			.decode(Files.readString(
					Path.of("src/test/resources/spring-session/spring-security-" + version + "-" + login + ".b64")));
	}

	static SecurityContextImpl form(String name) {
		return new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
				User.withUsername(name).password("pw").authorities("ROLE_USER").build(), null,
				AuthorityUtils.createAuthorityList("ROLE_USER")));
	}

	private static void assertRefused(Object value, String name) {
		byte[] bytes = serialized(value);
		assertThatExceptionOfType(SessionStoreException.class).isThrownBy(() -> JavaStream.value(bytes))
			.withMessage("holds a session with the class " + name + ", which is not read");
	}

	static byte[] serialized(Object value) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(value);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	/** A class of an app. */
	static final class Mine implements Serializable {

		private static final long serialVersionUID = 1L;

	}

	/** Counts how often it is read. */
	static final class Loud implements Serializable {

		private static final long serialVersionUID = 1L;

		private static int read;

		private void readObject(java.io.ObjectInputStream in) {
			read++;
		}

	}

}
