package dev.ablyauth.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.ablyauth.ably.Corpora;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * The payloads of tokens against JSONTestSuite: {@code n_} is no JSON, {@code y_} is,
 * {@code i_} may be either. Each file is a payload once, and once the value of a claim,
 * because most of them are arrays, which no payload is.
 */
class JsonTestSuiteTests {

	/** RFC 8259 allows duplicate names, and a token must not have them. */
	private static final Set<String> DUPLICATES = Set.of("y_object_duplicated_key.json",
			"y_object_duplicated_key_and_value.json");

	/** A number of 80 digits, where 20 are enough for every long and every double. */
	private static final String LONG_NUMBER = "y_number_double_close_to_zero.json";

	@Test
	void readWhenPayloadIsNoJsonThenEmpty() {
		Map<String, byte[]> files = files("n_");
		assertThat(files).hasSize(188);
		assertThat(read(files)).isEmpty();
	}

	@Test
	void readWhenClaimIsNoJsonThenEmpty() {
		assertThat(read(asClaims(files("n_")))).isEmpty();
	}

	@Test
	void readWhenPayloadIsJsonThenOnlyObjectsAreRead() {
		Map<String, byte[]> files = files("y_");
		assertThat(files).hasSize(95);
		Set<String> objects = names(files, JsonTestSuiteTests::startsObject);
		objects.removeAll(DUPLICATES);
		assertThat(objects).hasSize(10);
		assertThat(read(files)).isEqualTo(objects);
	}

	@Test
	void readWhenClaimIsJsonThenRead() {
		Map<String, byte[]> files = asClaims(files("y_"));
		files.keySet().removeAll(DUPLICATES);
		Set<String> refused = new TreeSet<>(files.keySet());
		refused.removeAll(read(files));
		assertThat(refused).containsExactly(LONG_NUMBER);
	}

	@Test
	void readWhenPayloadMayBeJsonThenNeverAnException() {
		Map<String, byte[]> files = files("i_");
		assertThat(files).hasSize(35);
		assertThat(read(files)).isSubsetOf(files.keySet());
		assertThat(read(asClaims(files))).isSubsetOf(files.keySet());
	}

	@Test
	void claimsWhenNoJsonOfAnyLengthThenNoOtherExceptionThanTheirOwn() {
		files("n_").forEach((name, bytes) -> assertThat(catchThrowable(() -> Claims.read(bytes))).as(name)
			.isExactlyInstanceOf(IllegalArgumentException.class));
	}

	private static Set<String> read(Map<String, byte[]> files) {
		return names(files, (bytes) -> CompactJws.read("e30." + base64(bytes) + ".e30").isPresent());
	}

	private static Set<String> names(Map<String, byte[]> files, Predicate<byte[]> condition) {
		Set<String> names = new TreeSet<>();
		files.forEach((name, bytes) -> {
			if (condition.test(bytes)) {
				names.add(name);
			}
		});
		return names;
	}

	private static Map<String, byte[]> files(String prefix) {
		try (Stream<Path> files = Files.list(Corpora.path("JSONTestSuite/test_parsing"))) {
			Map<String, byte[]> contents = new TreeMap<>();
			for (Path file : files.toList()) {
				String name = file.getFileName().toString();
				if (name.startsWith(prefix)) {
					contents.put(name, Files.readAllBytes(file));
				}
			}
			return contents;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Map<String, byte[]> asClaims(Map<String, byte[]> files) {
		Map<String, byte[]> claims = new TreeMap<>();
		files.forEach((name, bytes) -> {
			ByteArrayOutputStream object = new ByteArrayOutputStream();
			object.writeBytes("{\"a\":".getBytes(StandardCharsets.US_ASCII));
			object.writeBytes(bytes);
			object.write('}');
			claims.put(name, object.toByteArray());
		});
		return claims;
	}

	private static boolean startsObject(byte[] json) {
		return new String(json, StandardCharsets.UTF_8).strip().startsWith("{");
	}

	private static String base64(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
