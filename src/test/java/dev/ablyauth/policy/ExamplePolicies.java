package dev.ablyauth.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.ablyauth.ably.Operations;

/**
 * The example policies of the documents.
 */
final class ExamplePolicies {

	/** The names of the files, in the order of the page that shows them. */
	static final List<String> NAMES = List.of("team-chat", "saas", "live-dashboard", "board", "ai-conversation");

	private ExamplePolicies() {
	}

	static String text(String name) {
		try {
			return Files.readString(Path.of("docs/examples", name + ".yml"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Loads one as a server would. */
	static Policy load(String name) {
		return TestPolicies.read(text(name));
	}

	/** Checks a text as a server with a key for revocable tokens would. */
	static PolicyCheck check(String yaml) {
		return PolicyCheck.of(yaml, new PolicyReader(Operations.standard()),
				new LintContext(Duration.ofHours(1), 8192, null));
	}

}
