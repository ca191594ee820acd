package dev.ablyauth.springapp;

import java.nio.charset.StandardCharsets;

import javax.sql.DataSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.config.annotation.web.http.EnableJdbcHttpSession;
import org.springframework.transaction.PlatformTransactionManager;

import tools.jackson.databind.json.JsonMapper;

/**
 * Apps that keep their sessions in PostgreSQL.
 */
class JdbcApp {

	@Bean
	DataSource database(@Value("${jdbc.url}") String url) {
		return new DriverManagerDataSource(url);
	}

	@Bean
	PlatformTransactionManager transactions(DataSource database) {
		return new DataSourceTransactionManager(database);
	}

	/**
	 * As Spring Boot sets it up by default: Java serialization.
	 */
	@Import({ AppLogin.class, JdbcApp.class })
	@EnableJdbcHttpSession
	static class Java {

	}

	/**
	 * In JSON, in a column of the type jsonb, as the documents of Spring Session show it.
	 */
	@Import({ AppLogin.class, JdbcApp.class })
	@EnableJdbcHttpSession(tableName = "JSON_SESSION")
	static class Json {

		@Bean
		ConversionService springSessionConversionService() {
			JsonMapper json = AppJson.builder().build();
			GenericConversionService conversion = new GenericConversionService();
			conversion.addConverter(Object.class, byte[].class, json::writeValueAsBytes);
			conversion.addConverter(byte[].class, Object.class, (bytes) -> json.readValue(bytes, Object.class));
			return conversion;
		}

		@Bean
		SessionRepositoryCustomizer<JdbcIndexedSessionRepository> jsonb() {
			return (sessions) -> {
				sessions.setCreateSessionAttributeQuery("""
						INSERT INTO %TABLE_NAME%_ATTRIBUTES (SESSION_PRIMARY_ID, ATTRIBUTE_NAME, ATTRIBUTE_BYTES)
						VALUES (?, ?, convert_from(?, 'UTF8')::jsonb)
						""");
				sessions.setUpdateSessionAttributeQuery("""
						UPDATE %TABLE_NAME%_ATTRIBUTES SET ATTRIBUTE_BYTES = convert_from(?, 'UTF8')::jsonb
						WHERE SESSION_PRIMARY_ID = ? AND ATTRIBUTE_NAME = ?
						""");
			};
		}

	}

	/** Creates the tables of both apps by Spring Session's own script. */
	static void createTables(DataSource database) {
		JdbcTemplate jdbc = new JdbcTemplate(database);
		String script = resource("/org/springframework/session/jdbc/schema-postgresql.sql");
		jdbc.execute(script);
		jdbc.execute(script.replace("SPRING_SESSION", "JSON_SESSION").replace("BYTEA", "JSONB"));
	}

	private static String resource(String path) {
		try (java.io.InputStream in = java.util.Objects.requireNonNull(JdbcApp.class.getResourceAsStream(path))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (java.io.IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

}
