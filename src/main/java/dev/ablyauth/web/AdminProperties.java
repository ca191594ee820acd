package dev.ablyauth.web;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may use the admin door; if nobody is named, there is none.
 *
 * @param jwt the issuer of JWTs that admins bring, or null
 * @param tokenHashes hashes of tokens that may do everything
 * @param tokens hashes of tokens that may do some things
 */
public record AdminProperties(@Nullable AdminJwtProperties jwt, @DefaultValue List<String> tokenHashes,
		@DefaultValue List<AdminTokenProperties> tokens) {

	/**
	 * Tells whether there is no admin.
	 * @return whether nobody may call the admin door
	 */
	public boolean isOff() {
		return this.jwt == null && this.tokenHashes.isEmpty() && this.tokens.isEmpty();
	}

	/** All tokens, those that may do everything first. */
	List<AdminTokenProperties> allTokens() {
		return Stream.concat(this.tokenHashes.stream().map(AdminProperties::full), this.tokens.stream()).toList();
	}

	private static AdminTokenProperties full(String hash) {
		return new AdminTokenProperties(hash, List.of(AdminScope.ADMIN.label()));
	}

	/**
	 * Finds what is wrong.
	 * @param name the name of these settings
	 * @return one line for each problem, with the property
	 */
	public List<String> problems(String name) {
		List<String> problems = new ArrayList<>();
		if (this.jwt != null) {
			problems.addAll(this.jwt.problems(name + ".jwt"));
		}
		for (int i = 0; i < this.tokenHashes.size(); i++) {
			problems.addAll(full(this.tokenHashes.get(i)).hashProblems(name + ".token-hashes[" + i + "]"));
		}
		for (int i = 0; i < this.tokens.size(); i++) {
			problems.addAll(this.tokens.get(i).problems(name + ".tokens[" + i + "]"));
		}
		Set<String> hashes = new HashSet<>();
		if (!allTokens().stream().allMatch((token) -> hashes.add(token.hash()))) {
			problems.add(name + ": a hash is there twice");
		}
		return problems;
	}

	/**
	 * Hides the hashes, which may be tokens by mistake.
	 */
	@Override
	public String toString() {
		return "AdminProperties(" + this.jwt + ", " + allTokens().size() + " tokens)";
	}

}
