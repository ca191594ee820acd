package dev.ablyauth.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LivePolicyTests {

	private static final RequestFacts REQUEST = new RequestFacts("127.0.0.1", "", Instant.EPOCH);

	@TempDir
	private Path folder;

	@Test
	void lookWhenTheFileChangedThenTheNewOneIsUsedOnceItIsSettled() throws IOException {
		Path file = write("policy.yml", version("one"));
		LivePolicy policy = live(file);
		assertThat(channels(policy)).containsExactly("one");
		write("policy.yml", version("second"));
		policy.look();
		assertThat(channels(policy)).containsExactly("one");
		policy.look();
		assertThat(channels(policy)).containsExactly("second");
		assertThat(policy.reloads()).isEqualTo(1);
	}

	@Test
	void followWhenAnotherFollowerFailsThenToldAllTheSame() throws IOException {
		LivePolicy policy = live(write("policy.yml", version("one")));
		List<Policy> seen = new ArrayList<>();
		boolean[] fails = new boolean[1];
		policy.follow((next) -> {
			if (fails[0]) {
				throw new StackOverflowError("on purpose");
			}
		});
		policy.follow(seen::add);
		fails[0] = true;
		change(policy, "policy.yml", version("second"));
		assertThat(seen).hasSize(2).last().isSameAs(policy.current());
		assertThat(policy.problems()).isEmpty();
	}

	@Test
	void lookWhenTheFileIsStillBeingWrittenThenTheOldOneStays() throws IOException {
		LivePolicy policy = live(write("policy.yml", version("one")));
		for (int i = 0; i < 5; i++) {
			write("policy.yml", version("half") + "#".repeat(i));
			policy.look();
		}
		assertThat(channels(policy)).containsExactly("one");
		assertThat(policy.failures()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "rules: [", "rules: [{name: r}]", "ttl: 5s\nrules: []", "\u0000",
			"rules: [{name: r, grant: [{channel: two, operations: publish}]}]\ntests: [{name: t, user: {id: a}, refused: true}]" })
	void lookWhenTheNewOneIsBadThenTheOldOneStaysAndTheErrorIsKnown(String bad) throws IOException {
		LivePolicy policy = live(write("policy.yml", version("one")));
		change(policy, "policy.yml", bad);
		assertThat(channels(policy)).containsExactly("one");
		assertThat(policy.problems()).isNotEmpty();
		assertThat(policy.failures()).isEqualTo(1);
		policy.look();
		policy.look();
		assertThat(policy.failures()).isEqualTo(1);
		change(policy, "policy.yml", version("three"));
		assertThat(channels(policy)).containsExactly("three");
		assertThat(policy.problems()).isEmpty();
	}

	@Test
	void lookWhenTheFileIsGoneThenTheOldOneStays() throws IOException {
		Path file = write("policy.yml", version("one"));
		LivePolicy policy = live(file);
		Files.delete(file);
		policy.look();
		policy.look();
		assertThat(channels(policy)).containsExactly("one");
		assertThat(policy.problems()).singleElement().asString().endsWith("there is no such file");
	}

	@Test
	void lookWhenTheBadOneIsTakenBackThenAllIsWell() throws IOException {
		LivePolicy policy = live(write("policy.yml", version("one")));
		change(policy, "policy.yml", "rules: [");
		change(policy, "policy.yml", version("one"));
		assertThat(policy.problems()).isEmpty();
		assertThat(policy.reloads()).isZero();
	}

	/** As the kubelet does: a link to a link to a folder that is swapped in one step. */
	@Test
	void lookWhenKubernetesSwapsTheLinkThenTheNewOneIsUsed() throws IOException {
		Files.createDirectory(this.folder.resolve("v1"));
		Files.createDirectory(this.folder.resolve("v2"));
		write("v1/policy.yml", version("one"));
		write("v2/policy.yml", version("two"));
		Files.createSymbolicLink(this.folder.resolve("..data"), Path.of("v1"));
		Path file = Files.createSymbolicLink(this.folder.resolve("policy.yml"), Path.of("..data/policy.yml"));
		LivePolicy policy = live(file);
		Files.createSymbolicLink(this.folder.resolve("..tmp"), Path.of("v2"));
		Files.move(this.folder.resolve("..tmp"), this.folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE,
				StandardCopyOption.REPLACE_EXISTING);
		policy.look();
		policy.look();
		assertThat(channels(policy)).containsExactly("two");
	}

	@Test
	void loadWhenAttributesOfTheServerDoNotFitThenRefused() throws IOException {
		Path file = write("policy.yml", version("one") + "client-id: '{user.id|pseudonym}'\n");
		PolicyLoader bare = new PolicyLoader(new PolicyReader(dev.ablyauth.ably.Operations.standard()), null,
				java.time.Duration.ofSeconds(60));
		assertThatExceptionOfType(InvalidPolicyException.class)
			.isThrownBy(() -> LivePolicy.of(new PolicyFile(file.toString()), bare, LintContext.DEFAULTS))
			.withMessageContaining("ably-auth.pseudonym-secret");
	}

	private static String version(String channel) {
		return "rules: [{name: r, grant: [{channel: \"" + channel + "\", operations: publish}]}]\n";
	}

	private static List<String> channels(LivePolicy policy) {
		return policy.current()
			.grant(TestUsers.user("ann", Map.of()), Wish.NONE, REQUEST)
			.capability()
			.entries()
			.keySet()
			.stream()
			.map(Object::toString)
			.toList();
	}

	private void change(LivePolicy policy, String name, String yaml) throws IOException {
		write(name, yaml);
		policy.look();
		policy.look();
	}

	/**
	 * Replaced in one step; the size differs, so that a clock of few ticks does not hide
	 * it.
	 */
	private Path write(String name, String yaml) throws IOException {
		Path next = Files.writeString(this.folder.resolve("next"), yaml);
		return Files.move(next, this.folder.resolve(name), StandardCopyOption.ATOMIC_MOVE,
				StandardCopyOption.REPLACE_EXISTING);
	}

	private static LivePolicy live(Path file) {
		return LivePolicy.of(new PolicyFile("file:" + file), TestPolicies.loader(), LintContext.DEFAULTS);
	}

}
