package dev.ablyauth.revocation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import ch.qos.logback.classic.Level;
import dev.ablyauth.ably.ClockOffset;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.issuing.LogLines;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.ablyauth.revocation.TestDenials.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A file that goes away under a server is no place for a denial, and no empty list.
 */
class StoreFileTests {

	@TempDir
	private Path folder;

	private TestOutbox outbox;

	private TestStore store;

	@BeforeEach
	void open() {
		this.outbox = new TestOutbox(settings(), new AblyTime(Clock.systemUTC(), ClockOffset.NONE), List.of()).read();
		this.store = this.outbox.store;
		this.store.denials.deny(wish(Target.Kind.USER_ID, "ann"), null);
	}

	@AfterEach
	void close() {
		this.store.close();
	}

	private Path file() {
		return this.folder.resolve("list.db");
	}

	private Path elsewhere() {
		return this.folder.resolve("elsewhere.db");
	}

	private DenyListProperties settings() {
		return TestStore.settings("jdbc:sqlite:" + file());
	}

	@Test
	void denyWhenTheFileWasMovedAwayThenRefusedUntilItIsBack() throws IOException {
		Files.move(file(), elsewhere());
		assertLost();
		assertThat(file()).doesNotExist();
		this.store.nanos.addAndGet(Duration.ofSeconds(61).toNanos());
		assertThat(this.store.read().list.isGood()).isFalse();
		Files.move(elsewhere(), file());
		assertThat(this.store.read().isDenied("ann")).isTrue();
		assertThat(this.store.isDenied("bob")).isFalse();
		this.store.denials.deny(wish(Target.Kind.USER_ID, "bob"), null);
		try (TestStore later = new TestStore(settings()).read()) {
			assertThat(later.isDenied("bob")).isTrue();
		}
	}

	@Test
	void denyWhenTheFileWasRemovedThenRefusedAndARestartBeginsANewList() throws IOException {
		Files.delete(file());
		assertLost();
		assertThat(file()).doesNotExist();
		this.store.close();
		for (String suffix : List.of("-wal", "-shm")) {
			Files.deleteIfExists(Path.of(file() + suffix));
		}
		try (LogLines log = new LogLines(StoreStart.class); TestStore later = new TestStore(settings()).read()) {
			assertThat(later.isDenied("ann")).isFalse();
			assertThat(log.of(Level.WARN)).singleElement()
				.asString()
				.contains("A new list was made in the file " + file());
		}
	}

	/** The copy has all that the first one had, and still nobody would write to both. */
	@Test
	void denyWhenTheFileWasReplacedThenRefusedAndARestartTakesTheOther() throws IOException {
		this.store.jdbc().sql("pragma wal_checkpoint(truncate)").query().listOfRows();
		Files.copy(file(), elsewhere());
		Files.move(elsewhere(), file(), StandardCopyOption.REPLACE_EXISTING);
		byte[] other = Files.readAllBytes(file());
		assertLost();
		assertThat(Files.readAllBytes(file())).isEqualTo(other);
		this.store.close();
		try (TestStore later = new TestStore(settings()).read()) {
			assertThat(later.isDenied("ann")).isTrue();
			assertThat(later.isDenied("bob")).isFalse();
		}
	}

	@Test
	void denyWhenTheFolderWasMovedThenRefused() throws IOException {
		Path inner = Files.createDirectory(this.folder.resolve("data"));
		try (TestStore other = new TestStore(TestStore.settings("jdbc:sqlite:" + inner.resolve("list.db"))).read()) {
			Files.move(inner, this.folder.resolve("old"));
			assertRefused(() -> other.denials.deny(wish(Target.Kind.USER_ID, "bob"), null));
		}
	}

	/** It may go between the first look and the write. */
	@Test
	void checkWhenTheFileGoesWithinATransactionThenRefused() {
		StoreTransaction transaction = new StoreTransaction(this.store.database());
		assertThatExceptionOfType(DenialStoreException.class).isThrownBy(() -> transaction.change((status) -> {
			this.store.care.check();
			assertThat(file().toFile().renameTo(elsewhere().toFile())).isTrue();
			this.store.care.check();
			return true;
		})).withMessageContaining("moved, replaced or removed");
	}

	@Test
	void denyBeforeTheStoreIsOpenThenRefused() {
		try (TestStore unread = new TestStore(settings())) {
			assertRefused(() -> unread.denials.deny(wish(Target.Kind.USER_ID, "bob"), null));
		}
	}

	@Test
	void readWhenTheListIsNewThenSaidOnceAndNeverByTheCheck() {
		DenyListProperties fresh = TestStore.settings("jdbc:sqlite:" + this.folder.resolve("./made/list.db"));
		try (LogLines log = new LogLines(StoreStart.class)) {
			assertThat(fresh.problems("x")).isEmpty();
			assertThat(log.of(Level.WARN)).isEmpty();
			for (int i = 0; i < 2; i++) {
				try (TestStore first = new TestStore(fresh).read()) {
					assertThat(first.list.isGood()).isTrue();
				}
			}
			assertThat(log.of(Level.WARN)).singleElement()
				.asString()
				.contains("A new list was made in the file " + this.folder.resolve("made/list.db"));
		}
	}

	@Test
	void problemsWhenAListIsMadeThenItAndItsFolderAreOfTheOwnerAlone() throws IOException {
		Path made = this.folder.resolve("one/two/list.db");
		assertThat(TestStore.settings("jdbc:sqlite:" + made).problems("x")).isEmpty();
		try (TestStore other = new TestStore(TestStore.settings("jdbc:sqlite:" + made)).read()) {
			other.denials.deny(wish(Target.Kind.USER_ID, "ann"), null);
			for (String suffix : List.of("", "-wal", "-shm")) {
				assertThat(modes(Path.of(made + suffix))).isEqualTo("rw-------");
			}
		}
		assertThat(modes(this.folder.resolve("one/two"))).isEqualTo("rwx------");
		assertThat(modes(this.folder.resolve("one"))).isEqualTo("rwx------");
	}

	/** What is there is somebody's decision. */
	@Test
	void problemsWhenFolderAndFileAreThereThenTheirModesStay() throws IOException {
		Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
		Files.setPosixFilePermissions(this.folder, PosixFilePermissions.fromString("rwxr-x---"));
		assertThat(settings().problems("x")).isEmpty();
		assertThat(modes(file())).isEqualTo("rw-r-----");
		assertThat(modes(this.folder)).isEqualTo("rwxr-x---");
	}

	private static String modes(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

	private void assertLost() {
		assertRefused(() -> this.store.denials.deny(wish(Target.Kind.USER_ID, "bob"), null));
		assertRefused(() -> this.outbox.revoke("bob"));
		assertThat(this.store.read().isDenied("ann")).isTrue();
		assertThat(this.store.isDenied("bob")).isFalse();
		assertThat(this.store.list.fault())
			.isEqualTo("the file " + file() + " is not the one that was opened, it was moved, replaced or removed");
	}

	private static void assertRefused(ThrowingCallable call) {
		assertThatExceptionOfType(Refused.class).isThrownBy(call)
			.withMessageContaining("nothing has changed")
			.satisfies((refused) -> assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE));
	}

}
