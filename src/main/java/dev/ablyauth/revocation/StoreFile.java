package dev.ablyauth.revocation;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

import org.jspecify.annotations.Nullable;

/**
 * The file of a SQLite store. As long as it is open, its path has to go on naming it:
 * what is written into a file that was moved away or removed is lost, and nobody is told.
 */
final class StoreFile {

	/** Of SQLite: no file that has anything in it is shorter. */
	private static final int LEAST_BYTES = 512;

	/** Stands for the key where the file system has none. */
	private static final Object THERE = "there";

	private final @Nullable Path path;

	/** Null until it was opened. */
	private volatile @Nullable Object opened;

	private StoreFile(@Nullable Path path) {
		this.path = path;
	}

	/** A database that is a server has none, and is always where it was. */
	static StoreFile of(DenyListProperties settings) {
		return new StoreFile(DenyListProperties.file(settings.url()));
	}

	/**
	 * Makes an empty one where there is none, for its owner alone. No connection makes
	 * one, so that none can come into being at a path from which the list was taken away.
	 * @throws IOException if there can be none
	 */
	void make() throws IOException {
		if (this.path == null || Files.exists(this.path)) {
			return;
		}
		Path folder = this.path.getParent();
		if (folder != null && !Files.isDirectory(folder)) {
			Files.createDirectories(folder, only(folder, "rwx------"));
		}
		try {
			Files.createFile(this.path, only(this.path, "rw-------"));
		}
		catch (FileAlreadyExistsException ex) {
			// Another process was first.
		}
	}

	/**
	 * Who may read a list may know who was denied, and why. SQLite gives the files beside
	 * it the modes of this one.
	 */
	private static FileAttribute<?>[] only(Path place, String modes) {
		return place.getFileSystem().supportedFileAttributeViews().contains("posix")
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(modes)) }
				: new FileAttribute<?>[0];
	}

	/**
	 * Refuses one that was cut. SQLite takes a file of no length, or nearly none, for a
	 * new one.
	 * @throws IOException if it cannot be looked at
	 */
	void checkLength() throws IOException {
		if (this.path != null && Files.exists(this.path) && Files.size(this.path) < LEAST_BYTES) {
			throw new DenialStoreException(
					"it was cut, or a first start was killed; remove it if there never was a denial in it");
		}
	}

	/**
	 * From now on, the path has to name this file.
	 * @throws DenialStoreException if there is none
	 */
	void opened() {
		Object key = key();
		if (this.path != null && key == null) {
			throw new DenialStoreException(this + " cannot be looked at");
		}
		this.opened = key;
	}

	/**
	 * Makes sure that it does.
	 * @throws DenialStoreException if not
	 */
	void check() {
		if (this.path == null) {
			return;
		}
		Object known = this.opened;
		if (known == null) {
			throw new DenialStoreException(this + " is not open yet");
		}
		if (!known.equals(key())) {
			throw new DenialStoreException(this + " is not the one that was opened, it was moved, replaced or removed");
		}
	}

	private @Nullable Object key() {
		if (this.path == null) {
			return null;
		}
		try {
			Object key = Files.readAttributes(this.path, BasicFileAttributes.class).fileKey();
			return (key != null) ? key : THERE;
		}
		catch (IOException ex) {
			return null;
		}
	}

	/** For messages, from the root of the file system. */
	@Override
	public String toString() {
		return (this.path == null) ? "the database" : "the file " + this.path;
	}

}
