package dev.ablyauth.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ablyauth.ably.ApiMatcher;
import dev.ablyauth.ably.Resource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The algebra of resources against {@link ApiMatcher}, which knows names only. A pattern
 * is tried by names of it that are made with a word that is nowhere else, so that what
 * holds for them holds for all.
 */
class ResourceFuzzTests {

	private static final int MAX_BYTES = 300;

	static Stream<byte[]> seeds() {
		List<String> patterns = List.of("*", "[*]*", "a", "a:*", "a:*:c", "*:b", "*:*", "a*", "[meta]*", "[meta]a:*",
				"[queue]a", "a::b", "[meta", "");
		return patterns.stream()
			.flatMap((left) -> patterns.stream()
				.flatMap((right) -> Stream.of("a:b:c", "[meta]a:b").map((name) -> left + "\n" + right + "\n" + name)))
			.map((seed) -> seed.getBytes(StandardCharsets.UTF_8));
	}

	@Tag("long")
	@MethodSource("seeds")
	@FuzzTest(maxDuration = "1m")
	void algebraWhenAnyNamesThenAsTheMatcherSays(byte[] seed) {
		check(seed);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void algebraWhenSeedThenAsTheMatcherSays(byte[] seed) {
		check(seed);
	}

	/** Three lines: two resources and a name. Long ones would only be slow. */
	private static void check(byte[] seed) {
		String text = new String(seed, 0, Math.min(seed.length, MAX_BYTES), StandardCharsets.UTF_8);
		String[] lines = text.split("\n", 3);
		Optional<Resource> left = parse(lines[0]);
		Optional<Resource> right = parse((lines.length > 1) ? lines[1] : "");
		if (left.isEmpty() || right.isEmpty()) {
			return;
		}
		String fresh = "f";
		while (text.contains(fresh)) {
			fresh += "f";
		}
		int longest = segments(left.get()) + segments(right.get());
		List<String> names = new ArrayList<>(names(left.get(), fresh, longest));
		names.addAll(names(right.get(), fresh, longest));
		parse((lines.length > 2) ? lines[2] : "").filter((name) -> !name.isPattern())
			.ifPresent((name) -> names.add(name.toString()));
		checkIntersection(left.get(), right.get(), names);
		checkCovers(left.get(), right.get(), names(right.get(), fresh, longest));
		checkCovers(right.get(), left.get(), names(left.get(), fresh, longest));
	}

	private static void checkIntersection(Resource left, Resource right, List<String> names) {
		Optional<Resource> both = left.intersect(right);
		assertThat(right.intersect(left)).isEqualTo(both);
		both.ifPresent((resource) -> {
			assertThat(parse(resource.toString())).contains(resource);
			assertThat(left.covers(resource) && right.covers(resource)).isTrue();
		});
		for (String name : names) {
			assertThat(both.filter((resource) -> ApiMatcher.matches(resource.toString(), name)).isPresent()).as(name)
				.isEqualTo(ApiMatcher.matches(left.toString(), name) && ApiMatcher.matches(right.toString(), name));
		}
	}

	private static void checkCovers(Resource wider, Resource narrower, List<String> namesOfNarrower) {
		assertThat(wider.covers(narrower)).as("%s covers %s", wider, narrower)
			.isEqualTo(namesOfNarrower.stream().allMatch((name) -> ApiMatcher.matches(wider.toString(), name)));
	}

	private static Optional<Resource> parse(String text) {
		try {
			Resource resource = Resource.parse(text);
			assertThat(resource.toString()).isEqualTo(text);
			return Optional.of(resource);
		}
		catch (IllegalArgumentException ex) {
			assertThat(ex.getMessage()).isNotBlank();
			return Optional.empty();
		}
	}

	private static int segments(Resource resource) {
		return resource.toString().split(":", -1).length;
	}

	/** Names that stand for all names of a resource. */
	private static List<String> names(Resource resource, String fresh, int longest) {
		String text = resource.toString();
		if (text.equals("[*]*")) {
			return List.of(fresh, "[meta]" + fresh, "[queue]" + fresh);
		}
		String kind = text.substring(0, text.startsWith("[") ? text.indexOf(']') + 1 : 0);
		List<String> segments = Arrays.stream(text.substring(kind.length()).split(":", -1))
			.map((segment) -> segment.equals("*") ? fresh : segment)
			.toList();
		List<String> names = new ArrayList<>();
		int most = text.endsWith(":*") || text.equals(kind + "*") ? longest : 0;
		for (int more = 0; more <= most; more++) {
			names.add(kind + String.join(":", segments) + String.join("", Collections.nCopies(more, ":" + fresh)));
		}
		return names;
	}

}
