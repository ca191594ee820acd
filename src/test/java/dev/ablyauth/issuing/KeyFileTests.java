package dev.ablyauth.issuing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.ablyauth.ably.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/**
 * A file with a key.
 */
@DisabledOnOs(OS.WINDOWS)
class KeyFileTests {

	@TempDir
	private Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "rw-------", "r--------", "r--r-----", "rw-r-----" })
	void readWhenItIsPrivateOrOfAGroupThenTheTextWithoutWhiteSpaceAround(String mode) throws IOException {
		TestLiveKeys.mode(file("\n " + TestKeys.KEY + "\r\n"), mode);
		assertThat(KeyFile.read(this.folder.resolve("key"))).isEqualTo(TestKeys.KEY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "rw-r--r--", "r--r--r--", "rw-rw-rw-", "rw----r--", "rw-----w-" })
	void readWhenEverybodyMayThenRefused(String mode) throws IOException {
		TestLiveKeys.mode(file(TestKeys.KEY), mode);
		assertUnusable("is open to everybody on this machine (" + mode + "), expected the mode 0600, or 0440");
	}

	@Test
	void readWhenALinkThenTheModeOfTheFileCounts() throws IOException {
		Path target = TestLiveKeys.write(this.folder.resolve("target"), TestKeys.KEY);
		Files.createSymbolicLink(this.folder.resolve("key"), target);
		assertThat(KeyFile.read(this.folder.resolve("key"))).isEqualTo(TestKeys.KEY);
		TestLiveKeys.mode(target, "rw-r--r--");
		assertUnusable("is open to everybody");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\n\n" })
	void readWhenEmptyThenRefused(String text) {
		file(text);
		assertUnusable("is empty");
	}

	@Test
	void readWhenThereIsNoneThenRefused() throws IOException {
		assertUnusable("cannot be read: there is no such file");
		Files.createSymbolicLink(this.folder.resolve("key"), Path.of("nowhere"));
		assertUnusable("cannot be read: there is no such file");
	}

	@Test
	void readWhenAFolderThenRefused() throws IOException {
		Files.createDirectory(this.folder.resolve("key"));
		assertUnusable("cannot be read: it is no plain file");
	}

	@Test
	void readWhenNoTextOrTooLongThenRefused() throws IOException {
		file("x".repeat(1025));
		assertUnusable("has more than 1024 bytes, expected a key and nothing else");
		Files.write(file(""), "secret\u00e9".getBytes(StandardCharsets.ISO_8859_1));
		assertUnusable("is not text");
	}

	@Test
	void readWhenThisProcessMayNotThenRefused() throws IOException {
		Path file = file(TestKeys.KEY);
		TestLiveKeys.mode(file, "---------");
		assumeFalse(Files.isReadable(file), "root reads everything");
		assertUnusable("cannot be read: this process may not");
	}

	private Path file(String text) {
		return TestLiveKeys.write(this.folder.resolve("key"), text);
	}

	private void assertUnusable(String why) {
		Path file = this.folder.resolve("key");
		assertThatIllegalArgumentException().isThrownBy(() -> KeyFile.read(file))
			.withMessageStartingWith("the file " + file + " " + why)
			.satisfies((ex) -> assertThat(ex.toString()).doesNotContain("secret", TestKeys.KEY_SECRET));
	}

}
