package dev.ablyauth.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ablyauth.policy.TestTemplates;
import dev.ablyauth.policy.TestUsers;
import dev.ablyauth.session.AppUser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a template says and whatever a claim holds: what is filled in is data inside
 * one segment. Compared with the text of the template, which is cut here by other means.
 */
class TemplateFuzzTests {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}|]*)(\\|[^{}]*)?}");

	private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._~@|=+-]{1,128}");

	static Stream<byte[]> seeds() {
		List<String> templates = List.of("team:{claims.team}:*", "user-{user.id}", "[meta]x:{claims.a.b}",
				"{claims.team}:x", "a:{user.id|enc}", "a:{user.id|pseudonym}:b", "p:{e}", "a:*:{claims.https://x/y}_z",
				"[queue]{user.id}", "a{user.id}", "[*]*", "a:{claims.t}{user.id}", "a:{user.id|pseudonym}:[queue]");
		List<String> values = List.of("red", "*", "a:b", "[meta]", "{user.id}", "a\nb", "\u00e9", "x".repeat(129),
				"\ud83d\ude00", "", " ", "a|b", "null");
		return templates.stream()
			.flatMap((template) -> values.stream().map((value) -> template + "\n" + value))
			.map((seed) -> seed.getBytes(StandardCharsets.UTF_8));
	}

	@Tag("long")
	@MethodSource("seeds")
	@FuzzTest(maxDuration = "1m")
	void expandWhenAnyTemplateAndValueThenTheShapeStays(byte[] seed) {
		check(seed);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void expandWhenSeedThenTheShapeStays(byte[] seed) {
		check(seed);
	}

	/** The first line is the template, the rest the value of every claim. */
	private static void check(byte[] seed) {
		String text = new String(seed, StandardCharsets.UTF_8);
		int line = text.indexOf('\n');
		String template = (line < 0) ? text : text.substring(0, line);
		String value = (line < 0) ? "" : text.substring(line + 1);
		Map<String, Object> claims = new HashMap<>();
		PLACEHOLDER.matcher(template)
			.results()
			.map((match) -> match.group(1).replaceFirst("^claims\\.", ""))
			.forEach((name) -> claims.put(name, value));
		AppUser user = TestUsers.user(value, claims);
		for (boolean leading : List.of(true, false)) {
			expanded(() -> TestTemplates.resource(template, leading, user, value))
				.ifPresent((name) -> checkName(template, value, name));
		}
		expanded(() -> TestTemplates.revocationKey(template, user))
			.ifPresent((key) -> assertThat(key).matches(Pattern.compile(regex(template, value), Pattern.DOTALL)));
	}

	/** A template that is refused fills in nothing. */
	private static Optional<String> expanded(Supplier<Optional<String>> expansion) {
		try {
			return expansion.get();
		}
		catch (IllegalArgumentException ex) {
			assertThat(ex.getMessage()).isNotBlank();
			return Optional.empty();
		}
	}

	private static void checkName(String template, String value, String name) {
		String skeleton = PLACEHOLDER.matcher(template).replaceAll("x");
		assertThat(stars(name)).isEqualTo(stars(skeleton));
		assertThat(qualifier(name)).isEqualTo(qualifier(skeleton));
		assertThat(name).matches(Pattern.compile(regex(template, value), Pattern.DOTALL));
	}

	private static String qualifier(String name) {
		return name.startsWith("[") ? name.substring(0, name.indexOf(']') + 1) : "";
	}

	/** Which segments are a wildcard. */
	private static List<Boolean> stars(String name) {
		return Arrays.stream(name.substring(qualifier(name).length()).split(":", -1)).map("*"::equals).toList();
	}

	/** The template with what may stand in the place of each placeholder. */
	private static String regex(String template, String value) {
		StringBuilder regex = new StringBuilder();
		int end = 0;
		for (MatchResult match : PLACEHOLDER.matcher(template).results().toList()) {
			regex.append(Pattern.quote(template.substring(end, match.start())));
			if (match.group(2) != null) {
				regex.append("[A-Za-z0-9_~-]{1,128}");
			}
			else {
				assertThat(value).matches(SAFE);
				regex.append(Pattern.quote(value));
			}
			end = match.end();
		}
		return regex.append(Pattern.quote(template.substring(end))).toString();
	}

}
