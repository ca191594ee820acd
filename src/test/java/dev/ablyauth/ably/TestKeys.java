package dev.ablyauth.ably;

/**
 * Made-up keys for tests.
 */
public final class TestKeys {

	/** The key in most tests. */
	public static final String KEY = "I2E_JQ.OqUdfg:EVKVTCBlzLBPYJiCZTsIW_pqylJ9WVRB5K9P19Ap1y0";

	/** Its key name. */
	public static final String KEY_NAME = "I2E_JQ.OqUdfg";

	/** Its key secret. */
	public static final String KEY_SECRET = "EVKVTCBlzLBPYJiCZTsIW_pqylJ9WVRB5K9P19Ap1y0";

	/** A key of the old kind, with a secret of 16 characters. */
	public static final String OLD_KEY = "28GY6a.RCSMrg:0123456789abcdef";

	private TestKeys() {
	}

}
