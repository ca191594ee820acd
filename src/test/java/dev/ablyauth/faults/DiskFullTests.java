package dev.ablyauth.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A disk without room, under the deny-list and under the audit file.
 */
@Tag("long")
class DiskFullTests {

	private static final int REFUSALS = 10;

	@Test
	void denyWhenTheDiskIsFullThenRefusedAndTokensGoOnAndItGoesOnWhenThereIsRoom() {
		try (SmallDisk disk = SmallDisk.mount();
				ServerProcess server = ServerProcess
					.start("ably-auth.deny-list.url=jdbc:sqlite:" + disk.path("list.db"))
					.ready()) {
			List<String> acknowledged = new ArrayList<>();
			acknowledged.add(denied(server, "first"));
			acknowledged.addAll(denyUntilFull(server, "grown"));
			int first = acknowledged.size();
			assertFull(server);
			disk.grow();
			acknowledged.add(denied(server, "with-room"));
			disk.fill();
			acknowledged.addAll(denyUntilFull(server, "filled"));
			assertFull(server);
			disk.empty();
			acknowledged.add(denied(server, "emptied"));
			server.kill();
			try (ServerProcess again = server.again().ready()) {
				assertThat(acknowledged)
					.allSatisfy((user) -> assertThat(again.call().token(user).status()).isEqualTo(403));
				assertThat(again.call().token("ann").status()).isEqualTo(200);
				denied(again, "last");
			}
			System.out.printf("full disk: %d denials acknowledged until it was, %d in all, all there after a kill%n",
					first, acknowledged.size());
		}
	}

	/**
	 * Returns those that were acknowledged. One that needs few pages may fit where
	 * another did not.
	 */
	private static List<String> denyUntilFull(ServerProcess server, String prefix) {
		List<String> users = new ArrayList<>();
		int refused = 0;
		for (int i = 0; refused < REFUSALS; i++) {
			String user = prefix + i;
			Answer answer = server.call()
				.post("/admin/denials",
						"{\"target\":{\"userId\":\"" + user + "\"},\"reason\":\"" + "x".repeat(500) + "\"}");
			if (answer.status() == 201) {
				users.add(user);
				refused = 0;
			}
			else {
				assertThat(answer.status()).as("%s", answer).isIn(503, 507);
				assertThat(server.call().token(user).status()).isEqualTo(200);
				refused++;
			}
		}
		return users;
	}

	private static String denied(ServerProcess server, String user) {
		Answer answer = server.call().deny(user);
		assertThat(answer.status()).as("%s", answer).isEqualTo(201);
		assertThat(server.call().token(user).status()).isEqualTo(403);
		return user;
	}

	/** After some reads of the list, too. */
	private static void assertFull(ServerProcess server) {
		Eventually.pause(3000);
		assertThat(server.call().token("first").status()).isEqualTo(403);
		assertThat(server.call().token("ann").status()).isEqualTo(200);
		assertThat(server.call().get("/readyz").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void tokenWhenTheDiskOfTheAuditFileIsFullThenAsTheSettingsSay(boolean required) throws IOException {
		try (SmallDisk disk = SmallDisk.mount();
				ServerProcess server = ServerProcess
					.start("ably-auth.audit.file=" + disk.path("audit.log"), "ably-auth.audit.required=" + required)
					.ready()) {
			assertThat(server.call().token("ann").status()).isEqualTo(200);
			disk.fill();
			List<Answer> answers = new ArrayList<>();
			for (int i = 0; i < 200; i++) {
				answers.add(server.call().token("user" + i));
			}
			assertThat(answers.subList(100, 200)).allMatch((answer) -> answer.status() == (required ? 503 : 200));
			assertThat(answers)
				.allMatch((answer) -> answer.status() == 200 || (required && !answer.retryAfter().isEmpty()));
			assertThat(server.output()).contains("The audit file " + disk.path("audit.log") + " cannot be written"
					+ (required ? "; until it can be, no token is issued" : ""));
			long issued = answers.stream().filter((answer) -> answer.status() == 200).count();
			disk.empty();
			assertThat(server.call().token("last").status()).isEqualTo(200);
			assertThat(server.output()).contains("can be written again");
			List<String> lines = Files.readAllLines(disk.path("audit.log"));
			assertThat(lines.get(lines.size() - 1)).contains(" decision=issued user=last ");
			if (required) {
				assertThat(
						lines.stream().filter((line) -> line.matches(".* decision=issued user=user.* jti=.*")).count())
					.isGreaterThanOrEqualTo(issued);
			}
		}
	}

}
