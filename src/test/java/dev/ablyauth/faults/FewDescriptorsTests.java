package dev.ablyauth.faults;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that may have 256 files and connections, and 500 who want one.
 */
@Tag("long")
@EnabledOnOs(OS.LINUX)
class FewDescriptorsTests {

	private static final int SECONDS = 20;

	@Test
	void connectionsWhenMoreThanDescriptorsThenWorkGoesOnAndHealthAnswersAtItsOwnPort() {
		// Each jar of a class path is an open file, and the packaged jar is one.
		int files = 256 + ServerProcess.jars();
		try (ServerProcess server = ServerProcess
			.start(ServerProcess.Way.under("prlimit", "--nofile=" + files + ":" + files), "management.server.port=0")
			.ready(); SteadyAsking asking = new SteadyAsking(server.call())) {
			Caller management = server.callManagement();
			Eventually.pause(3000);
			long begun = System.nanoTime();
			Duration slowest = Duration.ZERO;
			int health = 0;
			try (Crowd crowd = new Crowd(server.port(), 500, 500, "", "")) {
				for (int i = 0; i < SECONDS * 4; i++) {
					Eventually.pause(250);
					Answer answer = management.getByNewConnection("/actuator/health");
					assertThat(answer.status()).as("%s%n%s", answer, server.output()).isEqualTo(200);
					slowest = (answer.millis() > slowest.toMillis()) ? Duration.ofMillis(answer.millis()) : slowest;
					health++;
				}
				System.out.printf("500 connections and 256 descriptors: %d came, %d are there%n", crowd.opened(),
						crowd.present());
			}
			List<Answer> during = asking.since(begun);
			assertThat(server.call().tokenByNewConnection("after").status()).isEqualTo(200);
			Eventually.pause(2000);
			long after = System.nanoTime();
			Eventually.pause(3000);
			System.out.printf("meanwhile %s, p99 %d ms; health answered %d times, the slowest after %d ms%n",
					SteadyAsking.statuses(during), SteadyAsking.p99(during), health, slowest.toMillis());
			assertThat(SteadyAsking.statuses(during)).containsOnlyKeys(200);
			assertThat(SteadyAsking.statuses(asking.since(after))).containsOnlyKeys(200);
			assertThat(slowest).isLessThan(Duration.ofSeconds(5));
			assertThat(server.output()).doesNotContain("Too many open files");
		}
	}

}
