package dev.ablyauth.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * The file that a policy is read from: one of this machine, or one that is packed with
 * the server.
 */
public final class PolicyFile {

	private static final String CLASS_PATH = "classpath:";

	/** A file of this size has no room for a policy that would be accepted. */
	private static final int MAX_BYTES = 4 * 1024 * 1024;

	private final String location;

	/**
	 * Names a file.
	 * @param location a path, with or without {@code file:} before it
	 */
	public PolicyFile(String location) {
		this.location = location;
	}

	/**
	 * Reads the text.
	 * @return the text, not checked
	 * @throws InvalidPolicyException if there is none
	 */
	public String text() {
		try (InputStream stream = open()) {
			byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
			if (bytes.length > MAX_BYTES) {
				throw invalid(Place.START, "the file is larger than " + MAX_BYTES + " bytes");
			}
			return decoded(ByteBuffer.wrap(bytes));
		}
		catch (NoSuchFileException ex) {
			throw invalid(Place.START, "there is no such file");
		}
		catch (IOException | InvalidPathException ex) {
			throw invalid(Place.START, "the file cannot be read");
		}
	}

	private static String decoded(ByteBuffer bytes) {
		CharBuffer text = CharBuffer.allocate(bytes.remaining());
		boolean failed = StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true).isError();
		String read = text.flip().toString();
		if (failed) {
			throw invalid(Place.START.after(read), String.format(
					"the byte 0x%02X is no character in UTF-8; save the file as UTF-8", bytes.get(bytes.position())));
		}
		return read;
	}

	private static InvalidPolicyException invalid(Place place, String why) {
		return new InvalidPolicyException(List.of(place.problem(why)));
	}

	private InputStream open() throws IOException {
		if (!this.location.startsWith(CLASS_PATH)) {
			return Files.newInputStream(path());
		}
		String name = this.location.substring(CLASS_PATH.length());
		InputStream stream = PolicyFile.class.getResourceAsStream(name.startsWith("/") ? name : "/" + name);
		if (stream == null) {
			throw new NoSuchFileException(this.location);
		}
		return stream;
	}

	private Path path() {
		return Path.of(this.location.replaceFirst("^file:(//)?", ""));
	}

	/**
	 * Returns what changes when the file does, by whatever means: written to, replaced,
	 * or behind a link that now leads elsewhere.
	 */
	Object stamp() {
		try {
			Path real = path().toRealPath();
			BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
			return List.of(real, attributes.lastModifiedTime(), attributes.size(),
					String.valueOf(attributes.fileKey()));
		}
		catch (IOException | InvalidPathException ex) {
			return "";
		}
	}

	@Override
	public String toString() {
		return this.location;
	}

}
