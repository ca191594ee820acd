package dev.ablyauth.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.ablyauth.ably.Operations;

/**
 * Policies for tests.
 */
public final class TestPolicies {

	/** The secret of pseudonyms. */
	public static final String PSEUDONYM_SECRET = "canary-pseudonym-secret-of-more-than-32-bytes";

	private static final PolicyReader READER = new PolicyReader(Operations.standard());

	private static final PolicyLoader LOADER = new PolicyLoader(READER, Pseudonyms.by(PSEUDONYM_SECRET),
			Duration.ofSeconds(60));

	private TestPolicies() {
	}

	/**
	 * Reads a policy.
	 * @param yaml the text of the file
	 * @return the policy
	 */
	public static Policy read(String yaml) {
		return loader().load(yaml);
	}

	/**
	 * Reads a policy and tells everything about it.
	 * @param yaml the text of the file
	 * @return what was found
	 */
	public static PolicyCheck check(String yaml) {
		return PolicyCheck.of(yaml, READER, LintContext.DEFAULTS);
	}

	/**
	 * Lists the policies of a folder of the test resources.
	 * @param folder its name
	 * @return the files, sorted
	 */
	public static List<Path> files(String folder) {
		try (Stream<Path> files = Files.list(Path.of("src/test/resources", folder))) {
			return files.filter((file) -> file.toString().endsWith(".yml")).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static PolicyLoader loader() {
		return LOADER;
	}

	/**
	 * Makes a policy that is in use.
	 * @param yaml the text of the file
	 * @return the policy
	 */
	public static LivePolicy live(String yaml) {
		return new LivePolicy(new PolicyFile("there-is-no-such-file"), loader(), LintContext.DEFAULTS, "", read(yaml));
	}

	/**
	 * Makes a policy that follows a file.
	 * @param file the policy file
	 * @return the policy
	 */
	public static LivePolicy of(Path file) {
		return LivePolicy.of(new PolicyFile(file.toString()), loader(), LintContext.DEFAULTS);
	}

	/**
	 * Looks whether the file has changed, as often as it takes.
	 * @param policy follows a file
	 */
	public static void lookTwice(LivePolicy policy) {
		policy.look();
		policy.look();
	}

}
