package dev.ablyauth.revocation;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The name of a denial. Two numbers and not a text, because a list of a million has as
 * many of them.
 *
 * @param high the first half
 * @param low the second half
 */
public record DenialId(long high, long low) {

	private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

	/** How many digits are one half. */
	private static final int HALF = 16;

	/**
	 * Reads one.
	 * @param text 32 hexadecimal digits
	 * @return the id
	 * @throws IllegalArgumentException if it is none
	 */
	public static DenialId parse(String text) {
		if (!FORM.matcher(text).matches()) {
			throw new IllegalArgumentException("must be 32 hexadecimal digits");
		}
		return new DenialId(HexFormat.fromHexDigitsToLong(text, 0, HALF),
				HexFormat.fromHexDigitsToLong(text, HALF, 2 * HALF));
	}

	static DenialId next(RandomGenerator random) {
		return new DenialId(random.nextLong(), random.nextLong());
	}

	@Override
	public String toString() {
		return HexFormat.of().toHexDigits(this.high) + HexFormat.of().toHexDigits(this.low);
	}

}
