package dev.ablyauth.faults;

/**
 * Meters of a process, as its admins see them.
 */
final class Meters {

	private Meters() {
	}

	/** How many changed files of a kind were used, or refused. */
	static long reloads(ServerProcess server, String kind, String result) {
		String body = server.call().get("/actuator/metrics/" + kind + ".reloads?tag=result:" + result).body();
		return (long) Double.parseDouble(body.replaceAll("(?s).*\"value\":([0-9.E]+).*", "$1"));
	}

}
