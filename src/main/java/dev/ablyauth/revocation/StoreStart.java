package dev.ablyauth.revocation;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the store when a server or a command begins, and says once that a list is new:
 * where there was one before, somebody has to know.
 */
final class StoreStart implements Runnable {

	private static final Logger LOGGER = LoggerFactory.getLogger(StoreStart.class);

	private final StoreFile file;

	private final StoreSchema schema;

	private final boolean tells;

	/**
	 * Creates it.
	 * @param tells whether somebody reads the log; a command leaves it to the server
	 */
	StoreStart(StoreFile file, StoreSchema schema, boolean tells) {
		this.file = file;
		this.schema = schema;
		this.tells = tells;
	}

	/**
	 * Makes the tables, or finds that they are as they must be. The file is there: the
	 * check of the settings has made it if it was not, and a disk that has gone since is
	 * no new list.
	 * @throws DenialStoreException if it is not
	 */
	@Override
	public void run() {
		this.schema.prepare();
		this.file.opened();
		if (this.tells && this.schema.isNews()) {
			LOGGER.warn("A new list was made in {}: nobody is denied. If there was a list before, stop this server and"
					+ " look at ably-auth.deny-list.url", this.file);
		}
	}

}
