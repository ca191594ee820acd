package dev.ablyauth.policy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import dev.ablyauth.ably.Operations;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.FileSystemResource;
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
		try {
			byte[] bytes = resource().getContentAsByteArray();
			return new PolicyReader(operations)
				.read(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException("the policy " + this.location + " is not UTF-8", ex);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("the policy " + this.location + " cannot be read", ex);
		}
	}

	/**
	 * A file of this machine; only what is packed with the server is a class path
	 * resource.
	 */
	private Resource resource() {
		return this.location.startsWith("classpath:") ? new DefaultResourceLoader().getResource(this.location)
				: new FileSystemResource(this.location.replaceFirst("^file:(//)?", ""));
	}

}
