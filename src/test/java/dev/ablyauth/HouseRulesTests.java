package dev.ablyauth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What no compiler looks at.
 */
class HouseRulesTests {

	private static final int LONGEST_FILE = 250;

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
