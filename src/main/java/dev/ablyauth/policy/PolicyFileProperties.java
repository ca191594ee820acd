package dev.ablyauth.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import dev.ablyauth.ably.Operations;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;

/**
 * Where the policy file is.
 *
 * @param location {@code file:} and a path; empty if it was not set
 */
public record PolicyFileProperties(String location) {

	/**
	 * Finds what is wrong, with the file too.
	 * @param name the name of this setting
	 * @param operations the operations that a policy may name
	 * @param minTtl the shortest life of a token
	 * @return one line for each problem, with the property or the line of the file
	 */
	public List<String> problems(String name, Operations operations, Duration minTtl) {
		if (this.location.isBlank()) {
			return List.of(name + ": is missing, expected the policy file, such as file:./policy.yml");
		}
		try {
			if (read(operations).shortestTtl().compareTo(minTtl) < 0) {
				return List
					.of(this.location + ": a ttl is shorter than ably-auth.token.min-ttl, " + minTtl.toSeconds() + "s");
			}
			return List.of();
		}
		catch (InvalidPolicyException ex) {
			return ex.problems().stream().map((problem) -> this.location + ": " + problem).toList();
		}
		catch (IllegalArgumentException ex) {
			return List.of(name + ": " + ex.getMessage());
		}
	}

	Policy read(Operations operations) {
		Resource resource = new DefaultResourceLoader().getResource(this.location);
		String yaml;
		try {
			yaml = resource.getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("the policy " + this.location + " cannot be read", ex);
		}
		return new PolicyReader(operations).read(yaml);
	}

}
