package dev.ablyauth.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.ablyauth.springapp.SpringApp;
import dev.ablyauth.springapp.TestRedis;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Sessions in a real Redis.
 */
class RedisSpringSessionTests extends SpringSessionTests {

	private final TestRedis store = new TestRedis();

	private final Map<String, SpringApp> apps = new HashMap<>();

	@Override
	List<String> formats() {
		return List.of("java", "indexed", "json");
	}

	@Override
	SpringApp app(String format) {
		return this.apps.computeIfAbsent(format, (name) -> SpringApp.of(name, this.store));
	}

	@Override
	List<String> store(String format) {
		return List.of("store=redis", "url=" + this.store.url());
	}

	@Test
	void userWhenReaderMayOnlyReadThenEnough() {
		String command = documented("```\nACL SETUSER (.*?)\n```").replace("password", "pw");
		try (StatefulRedisConnection<String, byte[]> connection = this.store.connect()) {
			CommandArgs<String, byte[]> args = new CommandArgs<>(
					RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
			args.add("SETUSER");
			List.of(command.split(" ")).forEach(args::add);
			connection.sync()
				.dispatch(CommandType.ACL, new StatusOutput<>(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE)),
						args);
		}
		assertReads("java", "username=ably_auth", "password=pw");
	}

	@AfterAll
	void close() {
		this.apps.values().forEach(SpringApp::close);
		this.store.close();
	}

}
