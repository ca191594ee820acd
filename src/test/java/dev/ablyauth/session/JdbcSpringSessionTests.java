package dev.ablyauth.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.ablyauth.springapp.SpringApp;
import dev.ablyauth.springapp.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Sessions in a real PostgreSQL.
 */
class JdbcSpringSessionTests extends SpringSessionTests {

	private final TestPostgres store = new TestPostgres();

	private final Map<String, SpringApp> apps = new HashMap<>();

	@Override
	List<String> formats() {
		return List.of("java", "json");
	}

	@Override
	SpringApp app(String format) {
		return this.apps.computeIfAbsent(format, (name) -> SpringApp.of(name, this.store));
	}

	@Override
	List<String> store(String format) {
		return List.of("store=jdbc", "url=" + this.store.url(),
				"table-name=" + (format.equals("json") ? "JSON_SESSION" : "SPRING_SESSION"));
	}

	@Test
	void userWhenReaderMayOnlyReadThenEnough() {
		JdbcTemplate jdbc = new JdbcTemplate(this.store.database());
		jdbc.execute("CREATE ROLE ably_auth LOGIN PASSWORD 'pw'");
		jdbc.execute(documented("```sql\n(GRANT .*?;)\n```"));
		assertReads("java", "username=ably_auth", "password=pw");
	}

	@AfterAll
	void close() {
		this.apps.values().forEach(SpringApp::close);
		this.store.close();
	}

}
