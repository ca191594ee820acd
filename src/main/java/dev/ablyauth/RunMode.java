package dev.ablyauth;

/**
 * Where the rooms are used, which decides on the settings that make sense.
 */
enum RunMode {

	/** As a server of its own. */
	SERVER,

	/** As the server of {@code ./mvnw spring-boot:run}, with sample users. */
	DEV_MODE,

	/** Inside of another app, which signs its users in itself. */
	EMBEDDED

}
