package dev.ablyauth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.issuing.TestLiveKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The commands in the README can be typed, and answer as it says.
 */
class ReadmeTests {

	private static final Pattern BLOCK = Pattern.compile("```(sh)?\\n(.*?)```", Pattern.DOTALL);

	private static final String TOKEN = TestTokens.jwt(TestTokens.HEADER,
			"{\"iat\":1767225600,\"exp\":1767229200,\"x-ably-clientId\":\"ann\",\"x-ably-capability\":"
					+ "\"{\\\"team:red:*\\\":[\\\"publish\\\",\\\"subscribe\\\"],\\\"notify*\\\":[\\\"subscrbe\\\"]}\"}");

	@TempDir
	private Path folder;

	@Test
	void commandsThenAnswerAsTheReadmeSays() throws IOException {
		String readme = Files.readString(Path.of("README.md"));
		Matcher blocks = BLOCK.matcher(readme.substring(readme.indexOf("`inspect` takes")));
		assertThat(blocks.find()).isTrue();
		List<String> lines = blocks.group(2).lines().toList();
		assertThat(lines).hasSize(2);
		assertThat(blocks.find()).isTrue();
		assertThat(run(lines.get(0)).out()).isEqualToNormalizingNewlines(blocks.group(2));
		assertThat(run(lines.get(1)).json().get("signature").asString()).isEqualTo("valid");
	}

	private CommandRun.Ended run(String line) throws IOException {
		Path key = TestLiveKeys.write(this.folder.resolve("key.txt"), TestKeys.KEY);
		String[] arguments = line.substring(line.indexOf(".jar ") + ".jar ".length())
			.replace(" < token.txt", "")
			.replace("key.txt", key.toString())
			.replace("\"$TOKEN\"", TOKEN)
			.split(" ");
		return new CommandRun().withKey()
			.withInput(TOKEN)
			.at(CommandRun.START.plus(Duration.ofMinutes(18)))
			.run(arguments);
	}

}
