package dev.ablyauth.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

import dev.ablyauth.issuing.TestLiveKeys;

/**
 * The files of a server, which change together: the key, the previous key, which drains,
 * and the policy. Each version has another key and another policy.
 */
final class Changes {

	/** Each token names the version of the policy twice. */
	private static final String POLICY = """
			ttl: 60s
			rules:
			  - name: mail
			    grant:
			      - channel: "mail-%1$d:{user.id}"
			        operations: [subscribe]
			  - name: news
			    when: 'user.id != "nobody"'
			    grant:
			      - channel: "news-%1$d:*"
			        operations: [subscribe, history]
			tests:
			  - name: version %1$d
			    user: { id: ann }
			    can: { "mail-%1$d:ann": [subscribe] }
			""";

	private final Path folder;

	private final boolean mounted;

	private final int names;

	/**
	 * Writes the first version.
	 * @param mounted whether they change as a secret does that Kubernetes mounts, or else
	 * each file is replaced by another one
	 * @param names how many names of keys there are, which come again and again
	 */
	Changes(boolean mounted, int names) {
		this.mounted = mounted;
		this.names = names;
		try {
			this.folder = Files.createTempDirectory("changes");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		to(1);
	}

	/** The settings of a server that follows the files. */
	String[] settings(String... more) {
		return Stream
			.concat(Stream.of("ably-auth.keys[0].value=", "ably-auth.keys[0].file=" + this.folder.resolve("current"),
					"ably-auth.keys[1].file=" + this.folder.resolve("previous"),
					"ably-auth.keys[1].drain-until=2099-01-01T00:00:00Z",
					"ably-auth.policy=file:" + this.folder.resolve("policy.yml")), Stream.of(more))
			.toArray(String[]::new);
	}

	/** The second half of the name of the key of a version. */
	String keyName(int version) {
		return "k" + version % this.names;
	}

	/** Writes a version; the one before is there. */
	void to(int version) {
		String current = TestLiveKeys.key(keyName(version));
		String previous = TestLiveKeys.key(keyName(version - 1));
		String policy = POLICY.formatted(version);
		if (this.mounted) {
			TestLiveKeys.mount(this.folder, "v" + version, "current", current, "previous", previous, "policy.yml",
					policy);
			remove(this.folder.resolve("..v" + (version - 1)));
		}
		else {
			TestLiveKeys.replace(this.folder.resolve("previous"), previous);
			TestLiveKeys.replace(this.folder.resolve("current"), current);
			replace(this.folder.resolve("policy.yml"), policy);
		}
	}

	private static void replace(Path file, String text) {
		try {
			Files.move(Files.writeString(file.resolveSibling("next.yml"), text), file, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void remove(Path folder) {
		for (String file : new String[] { "current", "previous", "policy.yml", "" }) {
			try {
				Files.deleteIfExists(folder.resolve(file));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

}
