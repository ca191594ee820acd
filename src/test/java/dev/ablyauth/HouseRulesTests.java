package dev.ablyauth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What no compiler looks at.
 */
class HouseRulesTests {

	private static final int LONGEST_FILE = 250;

	private static final List<String> ATTACK = List.of("a", "A", "0", ".", "-", "/", ":", " ", "{", "~", "_");

	/** A pattern as the source has it, perhaps in several pieces. */
	private static final Pattern PATTERN = Pattern
		.compile("(?:Pattern\\s*\\.compile|\\.matches|replaceAll|replaceFirst)"
				+ "\\(\"((?:[^\"\\\\]|\\\\.|\"\\s*\\+\\s*\")*)\"");

	private static final Pattern LITERAL_END = Pattern.compile("\"\\s*\\+\\s*\"");

	@Test
	void packageThenSaysWhatItIsAndHasNoNulls() {
		List<Path> folders = java("src/main/java", "src/test/java").map(Path::getParent).distinct().toList();
		assertThat(folders).hasSizeGreaterThan(10)
			.allSatisfy(
					(folder) -> assertThat(text(folder.resolve("package-info.java"))).contains("/**", "@NullMarked"));
	}

	@Test
	void fileThenIsShort() {
		assertThat(java("src/main/java")).allSatisfy(
				(file) -> assertThat(text(file).lines().count()).as(file.toString()).isLessThanOrEqualTo(LONGEST_FILE));
	}

	@Test
	void textThenIsPlain() {
		Stream<Path> texts = Stream.concat(files(".").filter((file) -> file.toString().endsWith(".md")),
				java("src/main/java"));
		assertThat(texts).isNotEmpty()
			.allSatisfy((file) -> assertThat(text(file)).as(file.toString()).doesNotContain("\u2014", "\u2013"));
	}

	/** One that tries again and again goes over the text more often than its square. */
	@Test
	void patternThenNoTextMakesItTryForLong() {
		List<Pattern> patterns = patterns();
		assertThat(patterns).hasSizeGreaterThan(50);
		for (Pattern pattern : patterns) {
			for (String first : ATTACK) {
				for (String second : ATTACK) {
					String text = (first + second).repeat(100) + "\u0000";
					assertThat(steps(pattern, text)).as(pattern + " and " + first + second).isLessThan(200_000);
				}
			}
		}
	}

	private static List<Pattern> patterns() {
		return java("src/main/java").flatMap((file) -> PATTERN.matcher(text(file)).results())
			.map((match) -> LITERAL_END.matcher(match.group(1)).replaceAll("").translateEscapes())
			.map(Pattern::compile)
			.toList();
	}

	/** How often a character is looked at. */
	private static int steps(Pattern pattern, String text) {
		Steps steps = new Steps(text, new AtomicInteger());
		boolean whole = pattern.matcher(steps).matches();
		assertThat(whole && !pattern.matcher(steps).find()).isFalse();
		return steps.count().get();
	}

	private record Steps(String text, AtomicInteger count) implements CharSequence {

		@Override
		public char charAt(int index) {
			if (this.count.incrementAndGet() > 10_000_000) {
				throw new IllegalStateException("no end");
			}
			return this.text.charAt(index);
		}

		@Override
		public int length() {
			return this.text.length();
		}

		@Override
		public CharSequence subSequence(int start, int end) {
			return this.text.subSequence(start, end);
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

	private static Stream<Path> java(String... folders) {
		return Stream.of(folders).flatMap(HouseRulesTests::files).filter((file) -> file.toString().endsWith(".java"));
	}

	private static Stream<Path> files(String folder) {
		try (Stream<Path> all = Files.walk(Path.of(folder))) {
			return all.filter(Files::isRegularFile)
				.filter((file) -> !file.toString().contains("node_modules") && !file.startsWith("./target")
						&& !file.startsWith("./bench/out"))
				.toList()
				.stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
