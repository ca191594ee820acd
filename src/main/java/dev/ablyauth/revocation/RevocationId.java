package dev.ablyauth.revocation;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The name of a revocation.
 *
 * @param value 32 hexadecimal digits
 */
public record RevocationId(String value) {

	private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

	/**
	 * Refuses anything else.
	 * @throws IllegalArgumentException if it is that
	 */
	public RevocationId {
		if (!FORM.matcher(value).matches()) {
			throw new IllegalArgumentException("must be 32 hexadecimal digits");
		}
	}

	static RevocationId next(RandomGenerator random) {
		return new RevocationId(DenialId.next(random).toString());
	}

	@Override
	public String toString() {
		return this.value;
	}

}
