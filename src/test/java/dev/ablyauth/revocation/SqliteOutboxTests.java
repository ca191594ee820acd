package dev.ablyauth.revocation;

import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;

/**
 * Revocations in a file.
 */
class SqliteOutboxTests extends OutboxTests {

	@TempDir
	private Path folder;

	@Override
	DenyListProperties settings() {
		return settingsAgain();
	}

	@Override
	DenyListProperties settingsAgain() {
		return TestStore.settings("jdbc:sqlite:" + this.folder.resolve("list.db"));
	}

}
