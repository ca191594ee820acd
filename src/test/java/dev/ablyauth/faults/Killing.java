package dev.ablyauth.faults;

import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * Kills a server while admins deny one user after the other, again and again, and looks
 * who is denied in the end.
 */
final class Killing {

	private static final int ADMINS = 4;

	private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

	private final Random random = new Random(13);

	private final String[] settings;

	Killing(String... settings) {
		this.settings = settings;
	}

	/** Returns what became of so many kills. */
	Outcome times(int kills) {
		ServerProcess server = ServerProcess.start(this.settings).ready();
		try {
			for (int kill = 0; kill < kills; kill++) {
				denyUntilKilled(server, "killed-" + kill + "-");
				server.close();
				server = server.again().ready();
			}
			Caller caller = server.call();
			List<String> lost = this.acknowledged.stream()
				.filter((user) -> caller.token(user).status() != 403)
				.toList();
			return new Outcome(kills, this.acknowledged.size(), lost, caller.token("ann").status() == 200);
		}
		finally {
			server.close();
		}
	}

	private void denyUntilKilled(ServerProcess server, String prefix) {
		AtomicBoolean over = new AtomicBoolean();
		ExecutorService admins = Executors.newFixedThreadPool(ADMINS);
		IntStream.range(0, ADMINS).forEach((admin) -> admins.execute(() -> {
			for (int i = 0; !over.get(); i++) {
				String user = prefix + admin + "-" + i;
				Answer denied = server.call().deny(user);
				if (denied.status() == 201) {
					this.acknowledged.add(user);
				}
			}
		}));
		Eventually.pause(100 + this.random.nextInt(400));
		server.kill();
		over.set(true);
		admins.shutdown();
		try {
			if (!admins.awaitTermination(60, TimeUnit.SECONDS)) {
				throw new IllegalStateException("calls to a dead server do not end");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What is left.
	 *
	 * @param kills how often it was killed
	 * @param acknowledged how many denials it had acknowledged
	 * @param lost those that are not there
	 * @param others whether others get tokens
	 */
	record Outcome(int kills, int acknowledged, List<String> lost, boolean others) {
	}

}
