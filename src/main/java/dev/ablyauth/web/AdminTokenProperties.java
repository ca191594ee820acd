package dev.ablyauth.web;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An admin token, of which the server knows the hash only.
 *
 * @param hash {@code sha256:} and 64 lower-case hexadecimal digits
 * @param scopes what its bearer may do
 */
record AdminTokenProperties(@DefaultValue("") String hash, @DefaultValue List<String> scopes) {

	private static final String PREFIX = "sha256:";

	private static final String EMPTY = PREFIX + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

	private static final List<String> SCOPES = Stream.of(AdminScope.values()).map(AdminScope::label).toList();

	/** The digits alone. */
	String digits() {
		return this.hash.substring(PREFIX.length());
	}

	/** Finds what is wrong with the hash; never repeats it, for it may be the token. */
	List<String> hashProblems(String name) {
		if (!this.hash.matches(PREFIX + "[0-9a-f]{64}")) {
			return List.of(name + ": must be sha256: and 64 lower-case hexadecimal digits, the hash of a token");
		}
		return this.hash.equals(EMPTY) ? List.of(name + ": is the hash of an empty token") : List.of();
	}

	List<String> problems(String name) {
		List<String> problems = new ArrayList<>(hashProblems(name + ".hash"));
		if (this.scopes.isEmpty() || !SCOPES.containsAll(this.scopes)) {
			problems.add(name + ".scopes: expected some of " + SCOPES);
		}
		return problems;
	}

	/**
	 * Hides the hash, which may be the token by mistake.
	 */
	@Override
	public String toString() {
		return "AdminTokenProperties(" + this.scopes + ")";
	}

}
