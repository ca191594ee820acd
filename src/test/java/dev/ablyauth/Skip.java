package dev.ablyauth;

import org.junit.jupiter.api.Assumptions;

/**
 * Skips a test that needs something which is not on this machine, and says so aloud.
 */
public final class Skip {

	private Skip() {
	}

	/**
	 * Goes on, or skips the test.
	 * @param condition whether what is needed is there
	 * @param reason one line that says what is missing
	 */
	public static void unless(boolean condition, String reason) {
		if (!condition) {
			System.out.println("skipped: " + reason);
		}
		Assumptions.assumeTrue(condition, reason);
	}

}
