package dev.ablyauth.web;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * The rooms inside of another app.
 *
 * @param context has their beans, and none of the app
 */
public record EmbeddedRooms(ConfigurableApplicationContext context) implements AutoCloseable {

	<T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
