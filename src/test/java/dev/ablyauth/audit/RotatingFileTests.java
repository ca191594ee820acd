package dev.ablyauth.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * A file of lines that begins anew.
 */
class RotatingFileTests {

	private static final int KIBIBYTE = 1024;

	@TempDir
	private Path folder;

	@Test
	void appendThenLinesInTheirOrderAndNoneIsLost() throws IOException {
		try (RotatingFile file = file(KIBIBYTE, 100)) {
			for (int i = 0; i < 500; i++) {
				file.append("line " + i);
			}
		}
		List<String> all = new ArrayList<>();
		for (int i = files() - 1; i > 0; i--) {
			assertThat(Files.size(old(i))).isBetween(1L, (long) KIBIBYTE);
			all.addAll(Files.readAllLines(old(i)));
		}
		all.addAll(Files.readAllLines(path()));
		assertThat(all).hasSize(500).first().isEqualTo("line 0");
		assertThat(all.get(499)).isEqualTo("line 499");
		assertThat(files()).isEqualTo(5);
	}

	@Test
	void appendWhenThereAreMoreOldOnesThanAreKeptThenTheOldestGoes() throws IOException {
		try (RotatingFile file = file(100, 2)) {
			for (int i = 0; i < 50; i++) {
				file.append("line " + i);
			}
		}
		assertThat(files()).isEqualTo(3);
		assertThat(Files.readString(path())).endsWith("line 49\n");
	}

	@Test
	void appendWhenALineIsLongerThanAFileThenItHasOneForItself() throws IOException {
		try (RotatingFile file = file(100, 5)) {
			file.append("a");
			file.append("b".repeat(500));
			file.append("c");
		}
		assertThat(Files.readString(path())).isEqualTo("c\n");
		assertThat(Files.size(old(1))).isEqualTo(501);
		assertThat(Files.readString(old(2))).isEqualTo("a\n");
	}

	@Test
	void appendWhenTheFileWasThereThenItGoesOn() throws IOException {
		Files.writeString(path(), "before\n");
		try (RotatingFile file = file(KIBIBYTE, 1)) {
			file.append("after");
		}
		assertThat(Files.readAllLines(path())).containsExactly("before", "after");
	}

	/** As after a crash, or when a disk was full. */
	@Test
	void appendWhenTheLastLineIsCutOffThenTheNextOneIsNotHurt() throws IOException {
		Files.writeString(path(), "before\nhalf of a li");
		try (RotatingFile file = file(KIBIBYTE, 1)) {
			file.append("after");
		}
		assertThat(Files.readAllLines(path())).containsExactly("before", "half of a li", "after");
	}

	@Test
	void appendWhenAnotherProcessRotatedThenNothingIsLost() throws IOException {
		try (RotatingFile one = file(100, 50); RotatingFile other = file(100, 50)) {
			for (int i = 0; i < 50; i++) {
				one.append("one " + i);
				other.append("other " + i);
			}
		}
		try (Stream<Path> all = Files.list(this.folder)) {
			assertThat(all.mapToLong(RotatingFileTests::lines).sum()).isEqualTo(100);
		}
	}

	@Test
	void appendWhenTheDiskIsFullThenTold() throws IOException {
		try (RotatingFile file = new RotatingFile(Path.of("/dev/full"), KIBIBYTE, 1)) {
			assertThatIOException().isThrownBy(() -> file.append("line"));
			assertThatIOException().isThrownBy(() -> file.append("line"));
		}
	}

	@Test
	void appendWhenTheFolderIsGoneThenToldAndWellAgainWhenItIsBack() throws IOException {
		Path gone = this.folder.resolve("gone");
		try (RotatingFile file = new RotatingFile(gone.resolve("audit.log"), KIBIBYTE, 1)) {
			assertThatIOException().isThrownBy(() -> file.append("line"));
			Files.createDirectory(gone);
			file.append("line");
		}
		assertThat(Files.readString(gone.resolve("audit.log"))).isEqualTo("line\n");
	}

	@Test
	void appendWhenTheFileIsRemovedWhileOpenThenANewOne() throws IOException {
		try (RotatingFile file = file(KIBIBYTE, 1)) {
			file.append("gone");
			Files.delete(path());
			file.append("one");
			file.append("two");
		}
		assertThat(Files.readAllLines(path())).containsExactly("one", "two");
	}

	@Test
	void appendWhenTheFolderIsRemovedWhileOpenThenToldAndWellAgainWhenItIsBack() throws IOException {
		Path gone = Files.createDirectory(this.folder.resolve("gone"));
		try (RotatingFile file = new RotatingFile(gone.resolve("audit.log"), KIBIBYTE, 1)) {
			file.append("before");
			Files.delete(gone.resolve("audit.log"));
			Files.delete(gone);
			assertThatIOException().isThrownBy(() -> file.append("lost"));
			assertThatIOException().isThrownBy(() -> file.append("lost"));
			Files.createDirectory(gone);
			file.append("after");
		}
		assertThat(Files.readString(gone.resolve("audit.log"))).isEqualTo("after\n");
	}

	/** As logrotate does. */
	@Test
	void appendWhenTheFileIsRenamedWhileOpenThenANewOneAlsoWhereOneIsMade() throws IOException {
		try (RotatingFile file = file(KIBIBYTE, 1)) {
			file.append("first");
			Files.move(path(), this.folder.resolve("audit.log-1"));
			file.append("second");
			Files.move(path(), this.folder.resolve("audit.log-2"));
			Files.createFile(path());
			file.append("third");
		}
		assertThat(Files.readString(this.folder.resolve("audit.log-1"))).isEqualTo("first\n");
		assertThat(Files.readString(this.folder.resolve("audit.log-2"))).isEqualTo("second\n");
		assertThat(Files.readString(path())).isEqualTo("third\n");
	}

	/** As logrotate does with copytruncate. */
	@Test
	void appendWhenTheFileIsEmptiedWhileOpenThenAtItsBeginning() throws IOException {
		try (RotatingFile file = file(KIBIBYTE, 1)) {
			file.append("first");
			Files.newOutputStream(path()).close();
			file.append("second");
		}
		assertThat(Files.readString(path())).isEqualTo("second\n");
	}

	private static long lines(Path file) {
		try {
			return Files.readAllLines(file).size();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private RotatingFile file(int maxBytes, int keep) {
		return new RotatingFile(path(), maxBytes, keep);
	}

	private int files() throws IOException {
		try (Stream<Path> all = Files.list(this.folder)) {
			return (int) all.count();
		}
	}

	private Path path() {
		return this.folder.resolve("audit.log");
	}

	private Path old(int number) {
		return this.folder.resolve("audit.log." + number);
	}

}
